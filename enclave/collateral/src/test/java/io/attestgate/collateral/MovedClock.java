package io.attestgate.collateral;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved, by one thread. */
public final class MovedClock implements InstantSource {
    private volatile Instant now;

    public MovedClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void to(Instant instant) {
        now = instant;
    }

    public void by(Duration duration) {
        to(now.plus(duration));
    }
}
