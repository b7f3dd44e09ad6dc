package io.attestgate.proxy.main;

import io.attestgate.certificate.key.EnforcedPolicy;
import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.LogRule;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.proxy.route.RouteTable;
import io.attestgate.proxy.wellknown.Enforced;
import io.attestgate.wire.Hostname;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The policy that is obeyed: takes each snapshot, compiles it and puts it in force in one step.
 *
 * <p>Snapshots come from one thread; everything else is for any thread.
 */
final class PolicyInForce {
    private final InstantSource clock;
    private volatile RouteTable table = RouteTable.empty();

    /**
     * @param clock the latest of all clocks, by which permissions end
     */
    PolicyInForce(InstantSource clock) {
        this.clock = clock;
    }

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

    /** The policy's name of a host that is served. */
    Optional<String> nameOf(Hostname host) {
        return enforced(host).map(enforced -> enforced.policy().name().value());
    }

    /** What evidence says is enforced for a host; empty if it is not served. */
    Optional<EnforcedPolicy> claimed(Hostname host) {
        return enforced(host)
                .map(enforced -> new EnforcedPolicy(enforced.reference(), enforced.documents()));
    }

    private Optional<Enforced> enforced(Hostname host) {
        return snapshot().flatMap(s -> Enforced.of(s, host, clock.instant()));
    }
}
