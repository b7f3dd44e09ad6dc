package io.attestgate.verify.evidence;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which single machine: the hash of a platform's name and the identity its hardware reports. */
public final class Instance {
    private Instance() {}

    /**
     * {@code SHA-256(platform || 0x00 || identity)}; empty if the identity is all zero, as a host
     * that masks it makes it.
     *
     * @param identity PPID, CHIP_ID, the EK's Name or the module's id
     */
    public static Optional<Hash32> of(String platform, byte[] identity) {
        for (byte b : identity) {
            if (b != 0) {
                byte[] name = (platform + '\0').getBytes(StandardCharsets.US_ASCII);
                return Optional.of(Hash32.of(Digests.sha256(name, identity)));
            }
        }
        return Optional.empty();
    }
}
