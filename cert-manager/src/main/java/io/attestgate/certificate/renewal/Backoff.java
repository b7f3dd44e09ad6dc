package io.attestgate.certificate.renewal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to leave an authority alone after failures in a row: doubling from a first wait to a
 * longest, each between half and whole of that by chance, so that many gateways do not come back
 * together.
 */
enum Backoff {
    /** It could not be reached, or something of ours is missing: soon worth another look. */
    OF_REACH(Duration.ofSeconds(5), Duration.ofMinutes(10)),

    /**
     * It judged and refused. Public authorities allow about five failed validations of a name an
     * hour, then one every twelve minutes.
     */
    OF_JUDGEMENT(Duration.ofMinutes(1), Duration.ofHours(6));

    private static final int DOUBLINGS_MAX = 20;

    private final Duration first;
    private final Duration longest;

    Backoff(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /**
     * @param failures in a row, at least one
     */
    Duration after(int failures, RandomGenerator random) {
        Duration doubled =
                first.multipliedBy(1L << Math.min(Math.max(failures - 1, 0), DOUBLINGS_MAX));
        long whole = (doubled.compareTo(longest) > 0 ? longest : doubled).toMillis();
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
