package io.attestgate.verify.evidence;

import java.time.Instant;

/** The first of the instants at which something that a verdict rests on ends. One thread. */
public final class Expiry {
    private Instant first = Instant.MAX;

    public void at(Instant instant) {
        if (instant.isBefore(first)) {
            first = instant;
        }
    }

    public Instant first() {
        return first;
    }
}
