package io.attestgate.certificate.order;

import java.time.Duration;
import java.util.Optional;

/** How often a running order is looked at: soon at first, then ever less often. */
final class PollPace {
    /** Authorities often finish within a fraction of a second. */
    static final Duration FIRST = Duration.ofMillis(100);

    static final Duration SLOWEST = Duration.ofSeconds(10);

    /** An authority may ask for longer waits; past this it delays us, not itself. */
    static final Duration ASKED_MAX = Duration.ofMinutes(5);

    private Duration next = FIRST;

    /** The wait before the next look. */
    Duration next(Optional<Duration> asked) {
        Duration wait = next;
        Duration slower = next.multipliedBy(3).dividedBy(2);
        next = slower.compareTo(SLOWEST) > 0 ? SLOWEST : slower;
        Duration polite = asked.filter(a -> a.compareTo(wait) > 0).orElse(wait);
        return polite.compareTo(ASKED_MAX) > 0 ? ASKED_MAX : polite;
    }
}
