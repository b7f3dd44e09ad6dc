package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Hostname;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What final state says of each name, less what early halts take away.
 *
 * <p>The one rule is {@link #less}: of the table under early halts nothing counts but that it halts
 * a name. So whatever that table holds, no name is served that final state does not serve, and none
 * by another document.
 */
final class Reduced {
    private final DomainTable table;
    private final Optional<DomainTable> early;
    private final Set<PolicyName> earlyHalts;
    private final Map<PolicyName, DomainState> domains;

    Reduced(DomainTable table, EarlyHalts halts) {
        EarlyHalts newer = table.newer(halts);
        this.table = table;
        this.earlyHalts = newer.halts().keySet();
        this.early = newer.halts().isEmpty() ? Optional.empty() : Optional.of(table.under(newer));
        this.domains = early.map(under -> reducedDomains(table, under)).orElse(table.domains());
    }

    /** The names whose own halt is newer than final state's. */
    Set<PolicyName> earlyHalts() {
        return earlyHalts;
    }

    Map<PolicyName, DomainState> domains() {
        return domains;
    }

    Optional<DomainState> lookup(Hostname host) {
        return table.lookup(host)
                .map(state -> less(state, early.flatMap(under -> under.lookup(host))));
    }

    private static DomainState less(DomainState state, Optional<DomainState> early) {
        return state instanceof DomainState.Withdrawn
                ? state
                : early.filter(DomainState.Halted.class::isInstance).orElse(state);
    }

    private static Map<PolicyName, DomainState> reducedDomains(
            DomainTable table, DomainTable early) {
        NavigableMap<PolicyName, DomainState> reduced = new TreeMap<>();
        table.domains()
                .forEach(
                        (name, state) ->
                                reduced.put(
                                        name,
                                        less(
                                                state,
                                                Optional.ofNullable(early.domains().get(name)))));
        return Collections.unmodifiableMap(reduced);
    }
}
