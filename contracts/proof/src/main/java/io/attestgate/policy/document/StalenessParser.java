package io.attestgate.policy.document;

import java.time.Duration;
import java.util.Optional;

/** Reads how old the newest proven block may be. */
final class StalenessParser {
    /** Below it a healthy chain would be stale between two blocks; above it a week is forever. */
    private static final Bound.Range AGE =
            new Bound.Range(Duration.ofSeconds(10), Duration.ofDays(7));

    private StalenessParser() {}

    static Optional<Staleness> read(Node node) {
        Fields fields = node.fields();
        Optional<Duration> soft = fields.optional("soft", StalenessParser::age);
        Optional<Duration> hard = fields.optional("hard", StalenessParser::age);
        fields.end();
        Staleness usual = Staleness.USUAL;
        Duration bound = hard.orElse(usual.hard());
        Duration warning = soft.orElse(usual.soft().compareTo(bound) < 0 ? usual.soft() : bound);
        if (warning.compareTo(bound) > 0) {
            return node.fault("soft no longer than hard");
        }
        return Optional.of(new Staleness(warning, bound));
    }

    private static Optional<Duration> age(Node node) {
        return node.quantity(Bound.Unit.DURATION, AGE).map(Duration::ofMillis);
    }
}
