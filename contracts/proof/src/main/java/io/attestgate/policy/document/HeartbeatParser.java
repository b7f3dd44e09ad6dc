package io.attestgate.policy.document;

import java.time.Duration;
import java.util.Optional;

/** Reads how often a beat is asked for, and how long the gateway goes on without one. */
final class HeartbeatParser {
    /** Below it a nonce would be drawn for each block; above it a day says little about now. */
    private static final Bound.Range INTERVAL =
            new Bound.Range(Duration.ofSeconds(1), Duration.ofDays(1));

    /** As with staleness: a week is forever. */
    private static final Bound.Range AGE =
            new Bound.Range(Duration.ofSeconds(2), Duration.ofDays(7));

    private HeartbeatParser() {}

    static Optional<HeartbeatRule> read(Node node) {
        Fields fields = node.fields();
        Optional<Duration> interval = fields.optional("interval", n -> duration(n, INTERVAL));
        Optional<Duration> soft = fields.optional("soft", n -> duration(n, AGE));
        Optional<Duration> hard = fields.optional("hard", n -> duration(n, AGE));
        fields.end();
        HeartbeatRule usual = HeartbeatRule.USUAL;
        Duration bound = hard.orElse(usual.hard());
        Duration warning = soft.orElse(usual.soft().compareTo(bound) < 0 ? usual.soft() : bound);
        Duration between = interval.orElse(usual.interval());
        if (warning.compareTo(bound) > 0 || warning.compareTo(between) <= 0) {
            return node.fault("soft longer than interval and no longer than hard");
        }
        return Optional.of(new HeartbeatRule(between, warning, bound));
    }

    private static Optional<Duration> duration(Node node, Bound.Range range) {
        return node.quantity(Bound.Unit.DURATION, range).map(Duration::ofMillis);
    }
}
