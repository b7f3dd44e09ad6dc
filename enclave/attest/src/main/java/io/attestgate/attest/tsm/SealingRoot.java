package io.attestgate.attest.tsm;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.secret.SecretMemory;

/** Where a guest's sealing secret comes from. */
interface SealingRoot {
    /** The secret, the caller's to close. */
    @MustBeClosed
    SecretMemory secret() throws PlatformException;

    /** TDX gives a domain no secret that outlives it. */
    static SealingRoot none() {
        return () -> {
            throw new PlatformException(
                    "sealing secret: a trust domain has none of its own (expected: a key provider,"
                            + " as platform dstack has, or hand-over by another gateway)");
        };
    }
}
