package io.attestgate.proxy.main;

import io.attestgate.certificate.key.EnforcedPolicy;
import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.LogRule;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.snapshot.DomainPolicy;
import io.attestgate.policy.snapshot.DomainState;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.proxy.route.RouteTable;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.wire.Hostname;
import java.util.Optional;

/**
 * The policy that is obeyed: takes each snapshot, compiles it and puts it in force in one step.
 *
 * <p>Snapshots come from one thread; everything else is for any thread.
 */
final class PolicyInForce {
    private volatile RouteTable table = RouteTable.empty();

    void enforce(Snapshot snapshot) {
        table = RouteTable.compile(snapshot, table);
    }

    /** What requests obey. */
    RouteTable table() {
        return table;
    }

    /** The snapshot in force; empty before the first. */
    Optional<Snapshot> snapshot() {
        return table.snapshot();
    }

    /** What of requests may be logged; nothing while no gateway's document is in force. */
    LogRule logRule() {
        return snapshot()
                .flatMap(Snapshot::gateway)
                .map(GatewayDocument::logs)
                .orElse(LogRule.PRIVATE);
    }

    /** The policy of a host that is served. */
    Optional<DomainPolicy> policyOf(Hostname host) {
        return snapshot().flatMap(s -> policyOf(s, host));
    }

    /** What evidence says is enforced for a host; empty if it is not served. */
    Optional<EnforcedPolicy> enforced(Hostname host) {
        return snapshot()
                .flatMap(s -> policyOf(s, host).map(policy -> enforced(s.point(), policy)));
    }

    private static Optional<DomainPolicy> policyOf(Snapshot snapshot, Hostname host) {
        return switch (snapshot.lookup(host).orElse(new DomainState.Withdrawn())) {
            case DomainState.Live live -> Optional.of(live.policy());
            case DomainState.LastGood last -> Optional.of(last.policy());
            case DomainState.Withdrawn _ -> Optional.empty();
            case DomainState.Halted _ -> Optional.empty();
            case DomainState.Unusable _ -> Optional.empty();
        };
    }

    private static EnforcedPolicy enforced(PolicyPoint point, DomainPolicy policy) {
        return new EnforcedPolicy(
                new PolicyReference(
                        point.chainId(),
                        point.contract(),
                        point.epoch(),
                        point.head(),
                        point.block(),
                        point.blockHash()),
                new DocumentHashes(policy.documentHash(), policy.gatewayHash()));
    }
}
