package io.attestgate.certificate.renewal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The system's clock, moved ahead by as much as a test says. */
final class MovedClock implements InstantSource {
    private volatile Duration ahead = Duration.ZERO;

    @Override
    public Instant instant() {
        return InstantSource.system().instant().plus(ahead);
    }

    void move(Duration further) {
        ahead = ahead.plus(further);
    }
}
