package io.attestgate.client.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.FreePort;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EndpointExchangeTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final Instant ISSUED = Instant.parse("2026-01-01T00:00:00Z");
    private static final String HOST = "app.exchange.localhost";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final Duration TOTAL = Duration.ofSeconds(20);
    private static final int BODY_BYTES_MAX = 1024;
    private static final Duration SHORT = Duration.ofMillis(700);

    private final TestAuthority authority = new TestAuthority("the authority");
    private final KeyPair key = TestAuthority.keyPair();

    @Test
    void aNameUnderLocalhostIsReachedWithoutAnyResolver() throws IOException {
        try (TestEndpoint endpoint = start(TestEndpoint.says(ANSWER))) {
            Exchange exchange = get(endpoint, Optional.empty(), TOTAL);

            Exchange.Answered answered = (Exchange.Answered) exchange;
            assertThat(answered.answer().body()).isEqualTo(new byte[] {'{', '}'});
            assertThat(answered.connection().protocol()).isEqualTo("TLSv1.3");
            assertThat(answered.connection().spki())
                    .isEqualTo(Hash32.of(Digests.sha256(key.getPublic().getEncoded())));
            assertThat(answered.connection().webPki()).isEqualTo(new WebPki.NotAsked());
        }
    }

    @Test
    void theRequestNamesItsHostAndWantsNoCoding() throws IOException {
        TestEndpoint.Script echo =
                (request, out, end) -> {
                    byte[] body = request.getBytes(StandardCharsets.US_ASCII);
                    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n";
                    out.write(head.getBytes(StandardCharsets.US_ASCII));
                    out.write(body);
                };
        try (TestEndpoint endpoint = start(echo)) {
            Exchange.Answered answered = (Exchange.Answered) get(endpoint, Optional.empty(), TOTAL);

            assertThat(new String(answered.answer().body(), StandardCharsets.US_ASCII))
                    .startsWith("GET /x?y=z HTTP/1.1\r\n")
                    .contains("\r\nHost: " + HOST + ":" + endpoint.port() + "\r\n")
                    .contains("\r\nAccept-Encoding: identity\r\n");
        }
    }

    @Test
    void theReadersOwnRootsAreHeardAboutTheChain() throws IOException {
        try (TestEndpoint endpoint = start(TestEndpoint.says(ANSWER))) {
            assertThat(webPki(get(endpoint, Optional.of(roots(authority)), TOTAL)))
                    .isEqualTo(new WebPki.Accepted("roots"));
            assertThat(webPki(get(endpoint, Optional.of(roots(new TestAuthority("b"))), TOTAL)))
                    .isInstanceOf(WebPki.Refused.class);
        }
    }

    @Test
    void aChainForAnotherHostOrAnotherTimeIsRefused() throws IOException {
        Optional<Roots> roots = Optional.of(roots(authority));
        for (var certificate :
                java.util.List.of(
                        authority.issue("other.localhost", key, ISSUED),
                        authority.issue(HOST, key, NOW.plusSeconds(60)))) {
            try (TestEndpoint endpoint =
                    TestEndpoint.start(key, certificate, TestEndpoint.says(ANSWER))) {
                assertThat(webPki(get(endpoint, roots, TOTAL))).isInstanceOf(WebPki.Refused.class);
            }
        }
    }

    @Test
    void whereNobodyListensNoConnectionStands() {
        EndpointExchange exchange = exchange(Optional.empty(), TOTAL);

        assertThat(
                        exchange.get(
                                new Endpoint(new Hostname(HOST), FreePort.next()),
                                "/",
                                BODY_BYTES_MAX))
                .isInstanceOf(Exchange.Unconnected.class);
    }

    @Test
    void aPeerThatNeverShakesHandsIsLeftAtTheBound() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint endpoint = new Endpoint(new Hostname(HOST), mute.getLocalPort());

            assertThat(exchange(Optional.empty(), SHORT).get(endpoint, "/", BODY_BYTES_MAX))
                    .isInstanceOf(Exchange.Unconnected.class);
        }
    }

    @Test
    void aPeerThatSpeaksNoTlsIsNoConnection() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> sayPlainly(plain));
            Endpoint endpoint = new Endpoint(new Hostname(HOST), plain.getLocalPort());

            assertThat(exchange(Optional.empty(), TOTAL).get(endpoint, "/", BODY_BYTES_MAX))
                    .isInstanceOf(Exchange.Unconnected.class);
        }
    }

    private static void sayPlainly(ServerSocket plain) {
        try (var socket = plain.accept()) {
            socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            // The client hangs up as soon as it sees this.
        }
    }

    @Test
    void anAnswerThatDripsIsLeftAtTheBoundAndTheConnectionIsStillKnown() throws IOException {
        TestEndpoint.Script drip =
                (request, out, end) -> {
                    out.write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));
                    while (!end.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                        out.write(' ');
                    }
                };
        try (TestEndpoint endpoint = start(drip)) {
            Exchange exchange = get(endpoint, Optional.empty(), SHORT);

            assertThat(exchange).isInstanceOf(Exchange.Unanswered.class);
        }
    }

    @Test
    void anAnswerBeyondTheBoundIsNotRead() throws IOException {
        try (TestEndpoint endpoint =
                start(TestEndpoint.says("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n"))) {
            assertThat(get(endpoint, Optional.empty(), TOTAL))
                    .isInstanceOf(Exchange.Unanswered.class);
        }
    }

    @Test
    void anAnswerThatIsCutOffIsNone() throws IOException {
        try (TestEndpoint endpoint =
                start(TestEndpoint.says("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"))) {
            assertThat(get(endpoint, Optional.empty(), TOTAL))
                    .isInstanceOf(Exchange.Unanswered.class);
        }
    }

    private TestEndpoint start(TestEndpoint.Script script) throws IOException {
        return TestEndpoint.start(key, authority.issue(HOST, key, ISSUED), script);
    }

    private static Roots roots(TestAuthority authority) {
        return Roots.parse("roots", authority.rootPem().getBytes(StandardCharsets.US_ASCII))
                .toOptional()
                .orElseThrow();
    }

    private static WebPki webPki(Exchange exchange) {
        return ((Exchange.Answered) exchange).connection().webPki();
    }

    private static Exchange get(TestEndpoint to, Optional<Roots> roots, Duration total) {
        return exchange(roots, total)
                .get(new Endpoint(new Hostname(HOST), to.port()), "/x?y=z", BODY_BYTES_MAX);
    }

    private static EndpointExchange exchange(Optional<Roots> roots, Duration total) {
        return new EndpointExchange(
                new EndpointExchange.Settings(Optional.empty(), roots, total),
                InstantSource.fixed(NOW));
    }
}
