package io.attestgate.proxy.wellknown;

import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.snapshot.DomainPolicy;
import io.attestgate.policy.snapshot.DomainState;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.wire.Hostname;
import java.time.Instant;
import java.util.Optional;

/**
 * What is enforced for one host: a policy, and where it was read.
 *
 * @param point of the snapshot
 * @param policy that serves the host
 */
public record Enforced(PolicyPoint point, DomainPolicy policy) {

    /** Of a host that is served now; empty for every other. */
    public static Optional<Enforced> of(Snapshot snapshot, Hostname host, Instant now) {
        if (snapshot.servesEnd().isOver(now)) {
            return Optional.empty();
        }
        return snapshot.lookup(host)
                .flatMap(state -> policy(state, now))
                .map(policy -> new Enforced(snapshot.point(), policy));
    }

    private static Optional<DomainPolicy> policy(DomainState state, Instant now) {
        return switch (state) {
            case DomainState.Live live -> Optional.of(live.policy());
            case DomainState.LastGood last ->
                    Optional.of(last.policy()).filter(policy -> now.isBefore(last.until()));
            case DomainState.Withdrawn withdrawn -> Optional.empty();
            case DomainState.Halted halted -> Optional.empty();
            case DomainState.Unusable unusable -> Optional.empty();
        };
    }

    public PolicyReference reference() {
        return new PolicyReference(
                point.chainId(),
                point.contract(),
                point.epoch(),
                point.head(),
                point.block(),
                point.blockHash());
    }

    public DocumentHashes documents() {
        return new DocumentHashes(policy.documentHash(), policy.gatewayHash());
    }
}
