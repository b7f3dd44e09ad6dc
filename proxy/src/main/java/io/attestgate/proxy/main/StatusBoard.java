package io.attestgate.proxy.main;

import io.attestgate.certificate.renewal.CertificateKeeper;
import io.attestgate.certificate.renewal.NameStatus;
import io.attestgate.certificate.renewal.Wanted;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.proxy.operations.CertificateStatus;
import io.attestgate.proxy.operations.DomainStatus;
import io.attestgate.proxy.operations.GatewayStatus;
import io.attestgate.proxy.operations.GatewayStatus.ListenerStatus;
import io.attestgate.proxy.operations.PolicyStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the parts know of themselves, put together for the operations listener. Any thread. */
final class StatusBoard implements Supplier<GatewayStatus> {
    private final GatewayStatus.Identity identity;
    private final PolicyInForce policy;
    private final PolicyWay policyWay;
    private final CertificateKeeper keeper;
    private volatile List<ListenerStatus> listeners = List.of();

    StatusBoard(
            GatewayStatus.Identity identity,
            PolicyInForce policy,
            PolicyWay policyWay,
            CertificateKeeper keeper) {
        this.identity = identity;
        this.policy = policy;
        this.policyWay = policyWay;
        this.keeper = keeper;
    }

    /** Takes note of what is bound. */
    void listening(List<ListenerStatus> bound) {
        listeners = List.copyOf(bound);
    }

    @Override
    public GatewayStatus get() {
        Optional<Snapshot> snapshot = policy.snapshot();
        return new GatewayStatus(
                identity,
                snapshot.map(PolicyStatus::of),
                snapshot.flatMap(policyWay::heartbeat),
                policyWay.reading(),
                policyWay.chain(),
                snapshot.map(DomainStatus::allOf).orElse(List.of()),
                keeper.status().stream().map(CertificateStatus::of).toList(),
                listeners);
    }

    /** Whether a policy was read and every name that it wants is served or has failed once. */
    boolean isSettled() {
        List<NameStatus> names = keeper.status();
        return policy.snapshot().filter(s -> names.size() >= Wanted.of(s).size()).isPresent()
                && names.stream().allMatch(StatusBoard::isSettled);
    }

    private static boolean isSettled(NameStatus status) {
        return switch (status.phase()) {
            case SERVING, RENEWING, FAILING, REFUSED -> true;
            case PREPARING, ORDERING -> false;
        };
    }
}
