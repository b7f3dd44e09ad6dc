package io.attestgate.policy.document;

import java.time.Duration;
import java.util.Optional;

/** Reads what Strict-Transport-Security says. */
final class HstsParser {
    /** Half a year: long enough to protect, short of what preload lists ask for. */
    static final Hsts USUAL = new Hsts(Duration.ofDays(180), false, false);

    private static final Bound.Range AGE = new Bound.Range(Duration.ZERO, Duration.ofDays(730));

    private HstsParser() {}

    static Optional<Hsts> read(Node node) {
        Fields fields = node.fields();
        Optional<Long> maxAge =
                fields.optional("maxAge", age -> age.quantity(Bound.Unit.DURATION, AGE));
        Optional<Boolean> includeSubdomains = fields.optional("includeSubdomains", Node::bool);
        Optional<Boolean> preload = fields.optional("preload", Node::bool);
        fields.end();
        return Optional.of(
                new Hsts(
                        maxAge.map(Duration::ofMillis).orElse(USUAL.maxAge()),
                        includeSubdomains.orElse(false),
                        preload.orElse(false)));
    }
}
