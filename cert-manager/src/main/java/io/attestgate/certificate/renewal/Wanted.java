package io.attestgate.certificate.renewal;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.snapshot.DomainState;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.wire.Hostname;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one snapshot of the policy wants of the keeper.
 *
 * @param names that are to have a certificate, each with its terms; without terms what there is may
 *     serve on, as for a name that is halted and answers 503, but nothing is ordered
 * @param wildcards that are to have one and cannot: neither challenge of this release proves them
 * @param ordersUntil from this instant on nothing is ordered: the policy or the heartbeat is too
 *     old, or the gateway itself is trusted no more
 * @param endAt from this instant on no certificate is worked on in any way, since nothing is served
 *     any more: what there is stays, to answer 503 with
 */
public record Wanted(
        Map<Hostname, Optional<CertificateTerms>> names,
        Set<String> wildcards,
        Instant ordersUntil,
        Instant endAt) {
    public Wanted {
        names = Map.copyOf(names);
        wildcards = Set.copyOf(wildcards);
    }

    /** Nothing. */
    public static final Wanted NOTHING = new Wanted(Map.of(), Set.of(), Instant.MAX, Instant.MAX);

    public static Wanted of(Snapshot snapshot) {
        Map<Hostname, Optional<CertificateTerms>> names = new LinkedHashMap<>();
        Set<String> wildcards = new TreeSet<>();
        snapshot.domains()
                .forEach(
                        (name, state) -> {
                            if (name.isGateway() || state instanceof DomainState.Withdrawn) {
                                return;
                            }
                            if (name.isWildcard()) {
                                wildcards.add(name.value());
                            } else {
                                names.put(host(name), terms(state));
                            }
                        });
        return new Wanted(names, wildcards, snapshot.ordersEnd().at(), snapshot.servesEnd().at());
    }

    private static Hostname host(PolicyName name) {
        return name.base().orElseThrow();
    }

    private static Optional<CertificateTerms> terms(DomainState state) {
        return switch (state) {
            case DomainState.Live live ->
                    Optional.of(CertificateTerms.of(live.policy().certificate()));
            case DomainState.LastGood lastGood ->
                    Optional.of(CertificateTerms.of(lastGood.policy().certificate()));
            case DomainState.Halted halted -> Optional.empty();
            case DomainState.Unusable unusable -> Optional.empty();
            case DomainState.Withdrawn withdrawn -> Optional.empty();
        };
    }

    /** How many there are, those that cannot have one included. */
    public int size() {
        return names.size() + wildcards.size();
    }

    Demand demand(Hostname name) {
        return new Demand(names.getOrDefault(name, Optional.empty()), ordersUntil, endAt);
    }

    /**
     * What is wanted for one name.
     *
     * @param terms as in {@link Wanted#names}
     * @param ordersUntil as there
     * @param endAt as there
     */
    record Demand(Optional<CertificateTerms> terms, Instant ordersUntil, Instant endAt) {
        boolean isEnded(Instant now) {
            return !now.isBefore(endAt);
        }
    }
}
