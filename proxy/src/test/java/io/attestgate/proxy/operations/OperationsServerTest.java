package io.attestgate.proxy.operations;

import static io.attestgate.proxy.operations.Statuses.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OperationsServerTest {
    private static final GatewayStatus SERVING =
            Statuses.governed(
                    Statuses.serving("app.example", NOW.plus(Duration.ofDays(60))),
                    Statuses.failing("b.example", "urn:ietf:params:acme:error:caa: \"no\"\nway"));

    private final AtomicReference<GatewayStatus> status = new AtomicReference<>(SERVING);
    private final HttpClient client = HttpClient.newHttpClient();
    private OperationsServer server;

    @BeforeEach
    void open() throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        StatusMetrics.register(registry, status::get, () -> NOW);
        ChainMetrics.register(registry, status::get);
        ProcessMetrics.register(registry, NOW);
        server = OperationsServer.open(loopback(0), status::get, registry, () -> NOW);
    }

    @AfterEach
    void close() {
        server.close();
        client.close();
    }

    @Test
    void aliveIsAnsweredBeforeAnythingWasRead() throws Exception {
        status.set(Statuses.starting());

        assertThat(get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void readinessChangesWithTheStatus() throws Exception {
        assertThat(get("/readyz").statusCode()).isEqualTo(200);

        status.set(Statuses.starting());

        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).contains("rpc: refused");
    }

    @Test
    void theStatusIsCanonicalJsonWithTheAuthoritysOwnWords() throws Exception {
        HttpResponse<String> answer = get("/status");

        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        Json.Obj json =
                (Json.Obj)
                        JsonReader.parseCanonical(bytes, bytes.length).toOptional().orElseThrow();
        assertThat(answer.headers().firstValue("content-type")).contains("application/json");
        assertThat(json.get("ready")).contains(new Json.Bool(true));
        assertThat(json.get("now")).contains(new Json.Text("2026-01-02T03:04:05Z"));
        assertThat(answer.body())
                .contains("\"ageSeconds\":10")
                .contains("\"justification\":\"2 of 3 endpoints: a and b\"")
                .contains("\"reason\":\"equivocation\"")
                .contains("\"beacon.example\":\"TIMED_OUT: no answer\"")
                .contains("urn:ietf:params:acme:error:caa: \\\"no\\\"\\nway");
    }

    @Test
    void theStatusSaysWhatToSendWhereAndWhatEndsFirst() throws Exception {
        byte[] body = get("/status").body().getBytes(StandardCharsets.UTF_8);
        Json.Obj status = (Json.Obj) JsonReader.parse(body, body.length).toOptional().orElseThrow();
        Json.Obj heartbeat = (Json.Obj) status.get("heartbeat").orElseThrow();
        Json.Obj policy = (Json.Obj) status.get("policy").orElseThrow();

        assertThat(heartbeat)
                .isEqualTo(
                        Json.object(
                                "ageSeconds",
                                60,
                                "beforeServing",
                                false,
                                "chainId",
                                31337,
                                "contract",
                                "0x" + "00".repeat(20),
                                "drawnAt",
                                "2026-01-02T03:04:00Z",
                                "failure",
                                new Json.Null(),
                                "nonce",
                                "0x" + "09".repeat(32),
                                "repeated",
                                true,
                                "seenAt",
                                "2026-01-02T03:03:45Z",
                                "seenBlock",
                                40));
        assertThat(policy.get("serving"))
                .contains(
                        Json.object(
                                "cause", "stale-policy",
                                "permitted", true,
                                "until", "2026-01-02T09:03:55Z"));
    }

    @Test
    void theMetricsSayWhatTheStatusSays() throws Exception {
        String metrics = get("/metrics").body();

        assertThat(metrics.lines())
                .contains(
                        "attestgate_policy_epoch 3.0",
                        "attestgate_policy_age_seconds 10.0",
                        "attestgate_policy_stale 0.0",
                        "attestgate_policy_read_failures_total 3.0",
                        "attestgate_ready 1.0",
                        "attestgate_heartbeat_age_seconds 60.0",
                        "attestgate_heartbeat_awaited 1.0",
                        "attestgate_policy_early_halts 0.0",
                        "attestgate_serving_ended{cause=\"stale-policy\"} 0.0",
                        "attestgate_ordering_ended{cause=\"heartbeat-missed\"} 0.0",
                        "attestgate_policy_lag_seconds 2.3",
                        "attestgate_policy_refusals_total{reason=\"no-quorum\"} 3.0",
                        "attestgate_chain_disagreements_total 4.0",
                        "attestgate_chain_endpoints{state=\"quarantined\"} 1.0",
                        "attestgate_chain_endpoints{state=\"answering\"} 0.0",
                        "attestgate_chain_endpoint_refusals_total{endpoint=\"liar.example\",reason=\"equivocation\"}"
                            + " 1.0",
                        "attestgate_chain_endpoint_finalised_block{endpoint=\"liar.example\"} 41.0",
                        "attestgate_domains{state=\"live\"} 1.0",
                        "attestgate_domains{state=\"halted\"} 0.0",
                        "attestgate_certificate_failing{host=\"app.example\"} 0.0",
                        "attestgate_certificate_failing{host=\"b.example\"} 1.0")
                .anyMatch(line -> line.startsWith("process_resident_memory_bytes "))
                .anyMatch(line -> line.startsWith("process_cpu_seconds_total "));
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        HttpResponse<String> head = send(request("/healthz").HEAD().build());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-length")).contains("6");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void nothingButReadingIsAnswered() throws Exception {
        HttpRequest post = request("/status").POST(BodyPublishers.ofString("{}")).build();

        assertThat(send(post).statusCode()).isEqualTo(405);
        assertThat(send(post).headers().firstValue("allow")).contains("GET, HEAD");
        assertThat(get("/").statusCode()).isEqualTo(404);
        assertThat(get("/status/../metrics").statusCode()).isEqualTo(404);
        assertThat(get("/healthz?verbose").statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNoHttpIsAnswered400AndClosed() throws Exception {
        try (Socket socket = new Socket()) {
            socket.connect(server.address());
            socket.getOutputStream()
                    .write("\u0016\u0003\u0001\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void moreConnectionsThanTheBoundAreClosedAtOnce() throws Exception {
        Socket[] sockets = new Socket[OperationsServer.CONNECTIONS_MAX];
        try {
            for (int i = 0; i < sockets.length; i++) {
                sockets[i] = new Socket();
                sockets[i].connect(server.address());
                ask(sockets[i]);
            }
            try (Socket oneMore = new Socket()) {
                oneMore.connect(server.address());
                assertThat(oneMore.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** A request and the begin of its answer: after that the connection has been counted. */
    private static void ask(Socket socket) throws IOException {
        byte[] request =
                "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(request);
        assertThat(socket.getInputStream().read()).isEqualTo('H');
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThatThrownBy(
                        () ->
                                OperationsServer.open(
                                        server.address(),
                                        status::get,
                                        new PrometheusRegistry(),
                                        () -> NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(server.address().getPort()));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + path));
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString());
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
