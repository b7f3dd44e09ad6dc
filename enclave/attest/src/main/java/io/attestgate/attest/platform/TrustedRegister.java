package io.attestgate.attest.platform;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;

/**
 * A hash chain that can only be extended: what it held before cannot be brought back.
 *
 * <p>A TPM's extend index is one. How far the promise holds is each platform's to say.
 */
public interface TrustedRegister {
    /** What a register holds that was never extended. */
    Hash32 INITIAL = Hash32.ZERO;

    /** The value it holds now. */
    Hash32 read() throws PlatformException;

    /**
     * Moves on to {@link #after}{@code (read(), digest)}, durably before it returns. After an
     * exception it holds either value, which {@link #read} tells.
     */
    void extend(Hash32 digest) throws PlatformException;

    /** {@code SHA-256(before || digest)}, as TPM 2.0 extends (Part 3, TPM2_NV_Extend). */
    static Hash32 after(Hash32 before, Hash32 digest) {
        return Hash32.of(Digests.sha256(before.bytes(), digest.bytes()));
    }
}
