package io.attestgate.client.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The view against an endpoint that lies, stalls and floods. */
final class HostileRpcTest {
    private static final Address CONTRACT = Address.ZERO;
    private static final Duration WAIT = Duration.ofMillis(700);

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "not JSON",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"0x1\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\",\"result\":\"0x2\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"1\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0xffffffffffffffffffffffff\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"no\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"number\":\"0x1\"}}",
            })
    void whatIsNoAnswerIsAFault(String body) throws IOException {
        assertRefused(exchange -> send(exchange, 200, body));
    }

    @Test
    void anAnswerOfAnotherStatusIsAFault() throws IOException {
        assertRefused(
                exchange ->
                        send(exchange, 500, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}"));
    }

    @Test
    void aFloodIsAFaultAtItsBound() throws IOException {
        assertRefused(
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    byte[] spaces = new byte[1 << 16];
                    for (int i = 0; i <= DevnetView.ANSWER_BYTES_MAX >> 16; i++) {
                        exchange.getResponseBody().write(spaces);
                    }
                });
    }

    @Test
    void anAnswerThatDripsIsAFaultAtItsBound() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        try {
            assertRefused(
                    exchange -> {
                        exchange.sendResponseHeaders(200, 0);
                        while (!await(over)) {
                            exchange.getResponseBody().write(' ');
                            exchange.getResponseBody().flush();
                        }
                    });
        } finally {
            over.countDown();
        }
    }

    @Test
    void nobodyThereIsAFault() {
        URI nobody = URI.create("http://127.0.0.1:" + io.attestgate.peer.FreePort.next());

        assertThat(read(nobody)).isInstanceOf(Parsed.Bad.class);
    }

    private static boolean await(CountDownLatch over) throws IOException {
        try {
            return over.await(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void assertRefused(Answer answer) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        answer.to(exchange);
                    }
                });
        server.start();
        try {
            assertThat(read(URI.create("http://127.0.0.1:" + server.getAddress().getPort())))
                    .isInstanceOf(Parsed.Bad.class);
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private static Parsed<ContractReading> read(URI endpoint) {
        PolicyReference claimed = new PolicyReference(1, CONTRACT, 0, Hash32.ZERO, 0, Hash32.ZERO);
        return new DevnetView(endpoint, CONTRACT, Optional.empty(), WAIT)
                .read(new ContractQuestion(claimed, new Hostname("a.example"), Optional.empty()));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
