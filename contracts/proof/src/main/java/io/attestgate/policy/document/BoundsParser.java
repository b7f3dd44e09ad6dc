package io.attestgate.policy.document;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the groups {@code timeouts}, {@code limits} and {@code retries} of an object. */
final class BoundsParser {
    /** What is read before a route is known, so that no route has a say in it. */
    private static final Set<Bound> OF_DOMAINS_ALONE = EnumSet.of(Bound.REQUEST_HEADERS);

    private BoundsParser() {}

    /** Reads every bound. */
    static Bounds read(Fields fields) {
        return read(fields, EnumSet.allOf(Bound.class));
    }

    /** Reads those that a route has. */
    static Bounds readOfRoute(Fields fields) {
        return read(fields, EnumSet.complementOf(EnumSet.copyOf(OF_DOMAINS_ALONE)));
    }

    private static Bounds read(Fields fields, Set<Bound> bounds) {
        Map<Bound, Long> values = new EnumMap<>(Bound.class);
        for (String group : new String[] {"timeouts", "limits", "retries"}) {
            fields.optional(
                    group,
                    node -> {
                        group(node.fields(), group, bounds, values);
                        return Optional.of(group);
                    });
        }
        return new Bounds(values);
    }

    private static void group(
            Fields fields, String group, Set<Bound> bounds, Map<Bound, Long> values) {
        for (Bound bound : bounds) {
            if (bound.group().equals(group)) {
                fields.optional(bound.field(), node -> value(node, bound))
                        .ifPresent(value -> values.put(bound, value));
            }
        }
        fields.end();
    }

    private static Optional<Long> value(Node node, Bound bound) {
        Bound.Range range = bound.range();
        if (bound.unit() == Bound.Unit.COUNT) {
            return node.integer(Math.toIntExact(range.min()), Math.toIntExact(range.max()))
                    .map(Integer::longValue);
        }
        return node.quantity(bound.unit(), range);
    }
}
