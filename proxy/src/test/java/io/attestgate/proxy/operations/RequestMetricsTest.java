package io.attestgate.proxy.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.proxy.pipeline.RequestObserver.Port;
import io.attestgate.proxy.tls.HandshakeEnd;
import io.attestgate.proxy.upstream.UpstreamFault;
import io.attestgate.wire.Hostname;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RequestMetricsTest {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final RequestMetrics metrics =
            new RequestMetrics(
                    registry,
                    host ->
                            host.value().endsWith(".tenants.example")
                                    ? Optional.of("*.tenants.example")
                                    : Optional.empty());

    @Test
    void requestsAreCountedByThePolicysNameAndNeverByTheClientsHost() {
        metrics.requestEnded(Requests.get("a1.tenants.example", "/secret?token=x", 200));
        metrics.requestEnded(Requests.get("a2.tenants.example", "/", 204));
        metrics.requestEnded(Requests.unknown("invented.example"));

        assertThat(lines())
                .contains(
                        "attestgate_requests_total{name=\"*.tenants.example\",status=\"2xx\",version=\"2\"}"
                            + " 2.0",
                        "attestgate_requests_total{name=\"none\",status=\"4xx\",version=\"1.1\"}"
                                + " 1.0",
                        "attestgate_requests_incomplete_total{ending=\"cut\"} 1.0",
                        "attestgate_body_bytes_total{direction=\"sent\"} 4000.0",
                        "attestgate_request_duration_seconds_bucket{from=\"upstream\",le=\"0.005\"}"
                                + " 2")
                .noneMatch(line -> line.contains("a1.") || line.contains("invented"))
                .noneMatch(line -> line.contains("secret") || line.contains("token"));
    }

    @Test
    void connectionsRiseAndFall() {
        metrics.connectionOpened(Port.HTTPS);
        metrics.connectionOpened(Port.HTTPS);
        metrics.connectionClosed(Port.HTTPS);

        assertThat(lines())
                .contains(
                        "attestgate_connections{port=\"https\"} 1.0",
                        "attestgate_connections{port=\"http\"} 0.0",
                        "attestgate_connections_opened_total{port=\"https\"} 2.0");
    }

    @Test
    void everyOutcomeOfAHandshakeIsThereFromTheStart() {
        metrics.handshakeEnded(HandshakeEnd.UNKNOWN_NAME);

        assertThat(lines())
                .contains(
                        "attestgate_handshakes_total{outcome=\"unknown-name\"} 1.0",
                        "attestgate_handshakes_total{outcome=\"completed\"} 0.0");
    }

    @Test
    void failuresOfUpstreamsAreCountedByWhatFailed() {
        metrics.upstreamFailed(
                new Hostname("a.tenants.example"),
                new UpstreamFault(
                        UpstreamFault.Source.CONNECT_TIMEOUT, UpstreamFault.Sent.NO, "detail"));

        assertThat(lines())
                .contains(
                        "attestgate_upstream_failures_total{name=\"*.tenants.example\",source=\"connect-timeout\"}"
                            + " 1.0");
    }

    private Stream<String> lines() {
        Pages pages = new Pages(Statuses::starting, registry, () -> Statuses.NOW);
        return pages.of("/metrics", "").body().lines();
    }
}
