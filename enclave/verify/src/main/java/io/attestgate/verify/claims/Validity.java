package io.attestgate.verify.claims;

import java.time.Instant;

/** From when to when claims speak, for the constructors of the roles. */
final class Validity {
    private Validity() {}

    /** Whole seconds, and an end after the beginning; anything else is our bug. */
    static void require(Instant issuedAt, Instant notAfter) {
        Instant from = Seconds.required("issuedAt", issuedAt);
        Instant until = Seconds.required("notAfter", notAfter);
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException(
                    "notAfter: %s (expected: after issuedAt %s)".formatted(until, from));
        }
    }
}
