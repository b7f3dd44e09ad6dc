package io.attestgate.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.attestgate.contracts.ContractArtifact;
import io.attestgate.govern.GovernException.Cause;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that answers anything at all causes an exception of ours, and nothing else. */
final class EndpointTest {
    private HttpServer server;
    private Endpoint rpc;
    private int status = 200;
    private String answer = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        rpc =
                new Endpoint(
                        EndpointAccess.to(
                                URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
    }

    @AfterEach
    void stop() {
        rpc.close();
        server.stop(0);
    }

    @Test
    void aResultIsReadAsWhatWasAskedFor() throws GovernException {
        answer = "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0x0a00\"}";
        assertThat(rpc.quantity("m")).isEqualTo(BigInteger.valueOf(2560));
        assertThat(rpc.bytes("m")).containsExactly(10, 0);
        assertThat(rpc.call("m")).isEqualTo(new Json.Text("0x0a00"));
    }

    @Test
    void aRehearsalThatFailsSaysWhatTheEvmReturned() throws GovernException {
        answer = answer("\"error\":{\"code\":3,\"message\":\"reverted\",\"data\":\"0x0102\"}");
        assertThat(rehearsal().text()).startsWith("revert data: 0x0102 ");
    }

    @Test
    void aRehearsalThatFailsWithoutDataSaysWhatTheEndpointSays() throws GovernException {
        answer = answer("\"error\":{\"code\":-32000,\"message\":\"out of gas\"}");
        assertThat(rehearsal().text()).contains("out of gas");
    }

    private Revert rehearsal() throws GovernException {
        ContractArtifact policy = ContractArtifact.load("GatewayPolicy");
        return rpc.rehearse(List.of(policy), Json.object()).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"jsonrpc\":\"2.0\",\"id\":0}",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0xA\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"ten\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-32601}}"
            })
    void whatIsNoAnswerIsTheEndpointsFault(String text) {
        answer = text;
        assertEndpointsFault(() -> rpc.quantity("m"));
    }

    @Test
    void anotherStatusIsTheEndpointsFault() {
        status = 502;
        answer = answer("\"result\":\"0x1\"");
        assertEndpointsFault(() -> rpc.quantity("m"));
    }

    private static String answer(String member) {
        return "{\"jsonrpc\":\"2.0\",\"id\":0," + member + "}";
    }

    private static void assertEndpointsFault(ThrowingCallable call) {
        assertThatExceptionOfType(GovernException.class)
                .isThrownBy(call)
                .matches(e -> e.whose() == Cause.ENDPOINT && e.retryable());
    }
}
