package io.attestgate.proxy.operations;

import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.pipeline.RequestObserver;
import io.attestgate.proxy.tls.HandshakeEnd;
import io.attestgate.proxy.upstream.UpstreamFault;
import io.attestgate.wire.Hostname;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Counts what happens on the request way. Counting is lock-free; any number of event loops.
 *
 * <p>No label has a value that a client can choose: a host becomes its policy's name, a status its
 * class, and what is left over is {@code none}.
 */
public final class RequestMetrics implements RequestObserver {
    /** From an answer out of the cache of a near upstream to one that nobody waits for. */
    private static final double[] SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30
    };

    private static final String NONE = "none";

    private final NameOfHost names;
    private final Counter requests;
    private final Counter incomplete;
    private final Histogram durations;
    private final Counter bodyBytes;
    private final Gauge connections;
    private final Counter connectionsOpened;
    private final Counter handshakes;
    private final Counter upstreamFailures;

    /** Registers its metrics. */
    public RequestMetrics(PrometheusRegistry registry, NameOfHost names) {
        this.names = names;
        requests =
                counter(
                        registry,
                        "attestgate_requests_total",
                        "Requests by the policy's name, class of status, version of HTTP.",
                        "name",
                        "status",
                        "version");
        incomplete =
                counter(
                        registry,
                        "attestgate_requests_incomplete_total",
                        "Requests whose answer did not reach its end: client-gone or cut.",
                        "ending");
        durations =
                Histogram.builder()
                        .name("attestgate_request_duration_seconds")
                        .help("From a request's head to the end of its answer, by who answered.")
                        .labelNames("from")
                        .classicOnly()
                        .classicUpperBounds(SECONDS)
                        .withoutExemplars()
                        .register(registry);
        bodyBytes =
                counter(
                        registry,
                        "attestgate_body_bytes_total",
                        "Bytes of bodies: received from clients, sent to them.",
                        "direction");
        connections =
                Gauge.builder()
                        .name("attestgate_connections")
                        .help("Open connections of clients.")
                        .labelNames("port")
                        .register(registry);
        connectionsOpened =
                counter(
                        registry,
                        "attestgate_connections_opened_total",
                        "Connections that clients opened.",
                        "port");
        handshakes =
                counter(
                        registry,
                        "attestgate_handshakes_total",
                        "TLS handshakes by how they ended.",
                        "outcome");
        upstreamFailures =
                counter(
                        registry,
                        "attestgate_upstream_failures_total",
                        "Attempts at upstreams that failed, by the policy's name and what failed.",
                        "name",
                        "source");
        initialize();
    }

    /** Series of a fixed set start at 0, so that the first event is an increase. */
    private void initialize() {
        for (Port port : Port.values()) {
            connections.initLabelValues(word(port));
            connectionsOpened.initLabelValues(word(port));
        }
        for (HandshakeEnd end : HandshakeEnd.values()) {
            handshakes.initLabelValues(word(end));
        }
        incomplete.initLabelValues(word(Ending.CLIENT_GONE));
        incomplete.initLabelValues(word(Ending.CUT));
    }

    private static Counter counter(
            PrometheusRegistry registry, String name, String help, String... labels) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labels)
                .withoutExemplars()
                .register(registry);
    }

    @Override
    public void connectionOpened(Port port) {
        connections.labelValues(word(port)).inc();
        connectionsOpened.labelValues(word(port)).inc();
    }

    @Override
    public void connectionClosed(Port port) {
        connections.labelValues(word(port)).dec();
    }

    @Override
    public void handshakeEnded(HandshakeEnd end) {
        handshakes.labelValues(word(end)).inc();
    }

    @Override
    public Map<String, String> keep(Headers request) {
        return Map.of();
    }

    @Override
    public void requestEnded(Ended ended) {
        String name = ended.known() ? name(ended.host()) : NONE;
        requests.labelValues(name, statusClass(ended.status()), ended.version().number()).inc();
        durations.labelValues(word(ended.answerer())).observe(ended.took().toNanos() / 1e9);
        bodyBytes.labelValues("received").inc(ended.requestBytes());
        bodyBytes.labelValues("sent").inc(ended.responseBytes());
        if (ended.ending() != Ending.COMPLETE) {
            incomplete.labelValues(word(ended.ending())).inc();
        }
    }

    @Override
    public void upstreamFailed(Hostname host, UpstreamFault fault) {
        upstreamFailures.labelValues(name(Optional.of(host)), word(fault.source())).inc();
    }

    private String name(Optional<Hostname> host) {
        return host.flatMap(names::nameOf).orElse(NONE);
    }

    private static String statusClass(int status) {
        return switch (status / 100) {
            case 1 -> "1xx";
            case 2 -> "2xx";
            case 3 -> "3xx";
            case 4 -> "4xx";
            case 5 -> "5xx";
            default -> NONE;
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
