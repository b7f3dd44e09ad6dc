package io.attestgate.certificate.renewal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until a test moves it. */
final class ManualClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-05-01T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    void move(Duration further) {
        now = now.plus(further);
    }

    void moveTo(Instant later) {
        now = later;
    }
}
