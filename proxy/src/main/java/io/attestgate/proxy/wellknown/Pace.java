package io.attestgate.proxy.wellknown;

import java.time.Duration;

/**
 * How often something may happen: so many a second in the long run, and a burst at once.
 *
 * @param perSecond 1 to 1,000,000
 * @param burst at least 1
 */
record Pace(int perSecond, int burst) {
    Pace {
        if (perSecond < 1 || perSecond > 1_000_000 || burst < 1 || burst > 1_000_000) {
            throw new IllegalArgumentException(
                    "pace: %d a second, burst %d (expected: 1 to 1,000,000)"
                            .formatted(perSecond, burst));
        }
    }

    /** Nanoseconds between two in the long run. */
    long intervalNanos() {
        return Duration.ofSeconds(1).toNanos() / perSecond;
    }

    /** How far a burst may run ahead of the long run. */
    long toleranceNanos() {
        return intervalNanos() * (burst - 1);
    }
}
