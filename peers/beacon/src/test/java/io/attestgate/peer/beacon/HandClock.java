package io.attestgate.peer.beacon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
final class HandClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** Three slots: as long as one publication takes. */
    void passOnePublication() {
        pass(TestBeacon.SLOT.multipliedBy(3));
    }

    /** So many sync committee periods of the test network. */
    void passPeriods(int periods) {
        pass(TestBeacon.SLOT.multipliedBy(8192L * periods));
    }
}
