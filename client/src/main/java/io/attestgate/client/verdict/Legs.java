package io.attestgate.client.verdict;

import io.attestgate.verify.claims.EndpointClaims;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The legs of one verification as they are settled, each once. One thread. */
public final class Legs {
    private final Map<LegName, Leg> settled = new EnumMap<>(LegName.class);

    /** Settles a leg; a second time is our bug. */
    public void add(Leg leg) {
        if (settled.put(leg.name(), leg) != null) {
            throw new IllegalStateException("leg: " + leg.name() + " (expected: each once)");
        }
    }

    public void addAll(List<Leg> legs) {
        legs.forEach(this::add);
    }

    /** Whether that leg was checked and holds. */
    public boolean passed(LegName name) {
        Leg leg = settled.get(name);
        return leg != null && leg.outcome() == Outcome.PASS;
    }

    /** All legs; those that are not settled were not reached. */
    public Report report(String endpoint, Optional<EndpointClaims> read) {
        return new Report(
                endpoint,
                Arrays.stream(LegName.values()).map(this::settledOrUnreached).toList(),
                read);
    }

    private Leg settledOrUnreached(LegName name) {
        Leg leg = settled.get(name);
        return leg != null ? leg : Leg.notChecked(name, "not reached");
    }
}
