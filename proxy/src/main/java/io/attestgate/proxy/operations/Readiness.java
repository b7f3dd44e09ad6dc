package io.attestgate.proxy.operations;

import io.attestgate.policy.snapshot.Ending;
import io.attestgate.proxy.operations.GatewayStatus.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a load balancer should send requests here.
 *
 * @param reasons why not; empty if it should
 */
record Readiness(List<String> reasons) {
    Readiness {
        reasons = List.copyOf(reasons);
    }

    boolean isReady() {
        return reasons.isEmpty();
    }

    static Readiness of(GatewayStatus status, Instant now) {
        List<String> reasons = new ArrayList<>();
        if (status.listeners().stream().noneMatch(l -> l.kind().equals("https"))) {
            reasons.add("listeners: https is not bound (expected: bound)");
        }
        policyReason(status, now).ifPresent(reasons::add);
        certificateReason(status, now).ifPresent(reasons::add);
        return new Readiness(reasons);
    }

    private static Optional<String> policyReason(GatewayStatus status, Instant now) {
        if (status.policy().isEmpty()) {
            String why = status.reading().lastFailure().map(Failure::text).orElse("none yet");
            return Optional.of("policy: not read: %s (expected: read once)".formatted(why));
        }
        Ending serving = status.policy().get().serving();
        return serving.isOver(now)
                ? Optional.of(
                        "serving: %s: %s (expected: %s)"
                                .formatted(
                                        serving.cause().word(),
                                        serving.sentence(),
                                        cure(serving.cause())))
                : Optional.empty();
    }

    private static String cure(Ending.Cause cause) {
        return switch (cause) {
            case NOT_JUDGED -> "looked at";
            case STALE_POLICY -> "a block within the staleness bound";
            case HEARTBEAT_MISSED -> "the nonce of /status beaten and final within the bound";
            case HEARTBEAT_AWAITED -> "the nonce of /status beaten and final";
            case NO_REGISTRY, UNKNOWN_REGISTRY -> "one whose code the bootstrap file pins";
            case MEASUREMENT_UNKNOWN, MEASUREMENT_EXPIRED, MEASUREMENT_REVOKED ->
                    "a measurement that is trusted";
        };
    }

    /** A gateway with names and not one certificate can answer nobody. */
    private static Optional<String> certificateReason(GatewayStatus status, Instant now) {
        boolean hasNames = status.domains().stream().anyMatch(d -> d.isServed(now));
        boolean hasCertificate =
                status.certificates().stream()
                        .flatMap(c -> c.serving().stream())
                        .anyMatch(serving -> now.isBefore(serving.notAfter()));
        return hasNames && !hasCertificate
                ? Optional.of("certificates: none is served yet (expected: at least one)")
                : Optional.empty();
    }
}
