package io.attestgate.proxy.operations;

import io.attestgate.policy.snapshot.Ending;
import io.attestgate.proxy.operations.GatewayStatus.Identity;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the status says, as metrics: read anew at each scrape, so that both pages always agree. */
public final class StatusMetrics {
    private final PrometheusRegistry registry;
    private final Supplier<GatewayStatus> status;
    private final InstantSource clock;

    private StatusMetrics(
            PrometheusRegistry registry, Supplier<GatewayStatus> status, InstantSource clock) {
        this.registry = registry;
        this.status = status;
        this.clock = clock;
    }

    /** Registers them all. */
    public static void register(
            PrometheusRegistry registry, Supplier<GatewayStatus> status, InstantSource clock) {
        StatusMetrics metrics = new StatusMetrics(registry, status, clock);
        metrics.gateway();
        metrics.policy();
        metrics.permissions();
        metrics.certificates();
    }

    private void gateway() {
        gauge(
                "attestgate_info",
                "What runs here; the value is always 1.",
                (s, out) -> {
                    Identity identity = s.identity();
                    out.call(
                            1,
                            identity.version(),
                            identity.platform(),
                            identity.measurement().toString());
                },
                "version",
                "platform",
                "measurement");
        gauge(
                "attestgate_ready",
                "1 if /readyz answers 200, else 0.",
                (s, out) -> out.call(Readiness.of(s, clock.instant()).isReady() ? 1 : 0));
    }

    private void policy() {
        policyGauge(
                "epoch",
                "Changes that the contract had seen at the enforced block.",
                PolicyStatus::epoch);
        policyGauge("block", "Number of the enforced block.", PolicyStatus::block);
        policyGauge(
                "block_timestamp_seconds",
                "Timestamp of the enforced block.",
                p -> p.blockTime().getEpochSecond());
        policyGauge(
                "age_seconds",
                "Time since the enforced block's timestamp.",
                p -> p.age(clock.instant()).toSeconds());
        policyGauge(
                "stale",
                "Of the enforced block: 0 fresh, 1 beyond the soft bound (no new certificates),"
                        + " 2 beyond the hard one (nothing is served).",
                p -> staleness(p.freshness(clock.instant())));
        CounterWithCallback.builder()
                .name("attestgate_policy_read_failures_total")
                .help("Readings of the policy that failed.")
                .callback(out -> out.call((double) status.get().reading().failures()))
                .register(registry);
        gauge(
                "attestgate_domains",
                "Names of the policy by what they are.",
                (s, out) -> {
                    for (DomainStatus.State state : DomainStatus.State.values()) {
                        long count = s.domains().stream().filter(d -> d.state() == state).count();
                        out.call((double) count, state.word());
                    }
                },
                "state");
    }

    private void permissions() {
        ended("ordering", "no certificates are ordered", PolicyStatus::ordering);
        ended("serving", "nothing is served", PolicyStatus::serving);
        policyGauge(
                "early_halts",
                "Names that are halted short of finality.",
                p -> p.earlyHalts().size());
        gauge(
                "attestgate_heartbeat_age_seconds",
                "Time since the draw of the newest nonce whose beat was seen in final state.",
                (s, out) ->
                        s.heartbeat()
                                .ifPresent(
                                        h ->
                                                out.call(
                                                        (double)
                                                                h.age(clock.instant())
                                                                        .toSeconds())));
        gauge(
                "attestgate_heartbeat_awaited",
                "1 if a nonce waits to be sent, else 0.",
                (s, out) -> s.heartbeat().ifPresent(h -> out.call(h.nonce().isPresent() ? 1 : 0)));
    }

    private void ended(String what, String help, Function<PolicyStatus, Ending> ending) {
        gauge(
                "attestgate_%s_ended".formatted(what),
                "1 for the reason why %s, else 0.".formatted(help),
                (s, out) ->
                        s.policy()
                                .map(ending)
                                .ifPresent(
                                        end -> {
                                            for (Ending.Cause cause : Ending.Cause.values()) {
                                                boolean over =
                                                        end.cause() == cause
                                                                && end.isOver(clock.instant());
                                                out.call(over ? 1 : 0, cause.word());
                                            }
                                        }),
                "cause");
    }

    private interface PolicyValue {
        long of(PolicyStatus policy);
    }

    private void policyGauge(String name, String help, PolicyValue value) {
        gauge(
                "attestgate_policy_" + name,
                help,
                (s, out) -> s.policy().ifPresent(p -> out.call((double) value.of(p))));
    }

    private void certificates() {
        gauge(
                "attestgate_certificate_not_after_timestamp_seconds",
                "When the certificate that is served now ends.",
                (s, out) -> s.certificates().forEach(c -> notAfter(c, out)),
                "host");
        gauge(
                "attestgate_certificate_failing",
                "1 if the newest order for the host failed, else 0.",
                (s, out) ->
                        s.certificates()
                                .forEach(
                                        c -> out.call(c.lastError().isPresent() ? 1 : 0, c.host())),
                "host");
    }

    private void gauge(
            String name,
            String help,
            BiConsumer<GatewayStatus, GaugeWithCallback.Callback> values,
            String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(out -> values.accept(status.get(), out))
                .register(registry);
    }

    private static void notAfter(CertificateStatus certificate, GaugeWithCallback.Callback out) {
        certificate
                .serving()
                .ifPresent(
                        serving ->
                                out.call(
                                        (double) serving.notAfter().getEpochSecond(),
                                        certificate.host()));
    }

    private static long staleness(PolicyStatus.Freshness freshness) {
        return switch (freshness) {
            case FRESH -> 0;
            case SOFT_STALE -> 1;
            case HARD_STALE -> 2;
        };
    }
}
