package io.attestgate.proxy.operations;

import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.endpoint.EndpointStatus;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** How the chain is read, as metrics: what {@code /status} says at the same moment. */
public final class ChainMetrics {
    private final PrometheusRegistry registry;
    private final Supplier<GatewayStatus> status;

    private ChainMetrics(PrometheusRegistry registry, Supplier<GatewayStatus> status) {
        this.registry = registry;
        this.status = status;
    }

    /** Registers them all. */
    public static void register(PrometheusRegistry registry, Supplier<GatewayStatus> status) {
        ChainMetrics metrics = new ChainMetrics(registry, status);
        metrics.policy();
        metrics.endpoints();
    }

    private void policy() {
        gauge(
                "attestgate_policy_lag_seconds",
                "At most how long the newest change took from finality to being obeyed.",
                (chain, out) -> chain.lag().ifPresent(lag -> out.call(lag.toMillis() / 1000.0)));
        counter(
                "attestgate_policy_refusals_total",
                "Readings of the policy that failed, by what.",
                (chain, out) ->
                        chain.refusals().forEach((name, n) -> out.call((double) n, word(name))),
                "reason");
    }

    private void endpoints() {
        counter(
                "attestgate_chain_disagreements_total",
                "Rounds in which endpoints named different blocks of one number.",
                (chain, out) -> out.call((double) chain.disagreements()));
        counter(
                "attestgate_chain_endpoint_refusals_total",
                "Answers of an endpoint that were refused or did not come, by what.",
                (chain, out) ->
                        chain.endpoints()
                                .forEach(
                                        e ->
                                                e.refusals()
                                                        .forEach(
                                                                (name, n) ->
                                                                        out.call(
                                                                                (double) n,
                                                                                e.name(),
                                                                                word(name)))),
                "endpoint",
                "reason");
        gauge(
                "attestgate_chain_endpoints",
                "Endpoints by how they stand.",
                (chain, out) -> {
                    for (EndpointStatus.State state : EndpointStatus.State.values()) {
                        long count =
                                chain.endpoints().stream().filter(e -> e.state() == state).count();
                        out.call((double) count, StatusJson.word(state));
                    }
                },
                "state");
        gauge(
                "attestgate_chain_endpoint_finalised_block",
                "The newest block that an endpoint said to be final.",
                (chain, out) ->
                        chain.endpoints()
                                .forEach(
                                        e ->
                                                e.finalised()
                                                        .ifPresent(
                                                                n ->
                                                                        out.call(
                                                                                (double) n,
                                                                                e.name()))),
                "endpoint");
    }

    private static String word(Failure failure) {
        return StatusJson.word(failure);
    }

    private void gauge(
            String name,
            String help,
            BiConsumer<ChainStatus, GaugeWithCallback.Callback> values,
            String... labels) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(out -> values.accept(status.get().chain(), out))
                .register(registry);
    }

    private void counter(
            String name,
            String help,
            BiConsumer<ChainStatus, CounterWithCallback.Callback> values,
            String... labels) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .callback(out -> values.accept(status.get().chain(), out))
                .register(registry);
    }
}
