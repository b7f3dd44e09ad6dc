package io.attestgate.verify.dcap;

import java.time.Instant;

/** The first of the instants at which something that a verdict rests on ends. One thread. */
final class Expiry {
    private Instant first = Instant.MAX;

    void at(Instant instant) {
        if (instant.isBefore(first)) {
            first = instant;
        }
    }

    Instant first() {
        return first;
    }
}
