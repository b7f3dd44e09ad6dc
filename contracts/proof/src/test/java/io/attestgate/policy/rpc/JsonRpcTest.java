package io.attestgate.policy.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.policy.rpc.HostileEndpoint.Answering;
import io.attestgate.policy.rpc.RpcException.Kind;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JsonRpcTest {
    private static final int ANSWER_BYTES_MAX = 64 << 10;

    private final HostileEndpoint endpoint = HostileEndpoint.open();
    private final JsonRpc rpc =
            JsonRpc.open(endpoint.uri(), Duration.ofSeconds(5), ANSWER_BYTES_MAX);

    JsonRpcTest() throws IOException {}

    @AfterEach
    void close() {
        rpc.close();
        endpoint.close();
    }

    @Test
    void aResultIsTheAnswer() throws RpcException {
        endpoint.answerCalls(call -> new Json.Text(call.method()));

        assertThat(rpc.call("eth_chainId")).isEqualTo(new Json.Text("eth_chainId"));
    }

    @Test
    void aBatchIsInTheOrderOfItsCallsWhateverTheOrderOfTheAnswers() throws RpcException {
        List<RpcCall> calls =
                IntStream.range(0, 2 * JsonRpc.BATCH_CALLS_MAX + 1)
                        .mapToObj(i -> RpcCall.of("echo", new Json.Int(i)))
                        .toList();
        endpoint.answer(
                Answering.json(
                        request -> {
                            List<Json> answers = new ArrayList<>();
                            for (Json one : ((Json.Arr) request).elements()) {
                                answers.add(
                                        Json.object(
                                                "jsonrpc",
                                                "2.0",
                                                "id",
                                                ((Json.Obj) one).get("id").orElseThrow(),
                                                "result",
                                                HostileEndpoint.call(one).parameters().getFirst()));
                            }
                            Collections.reverse(answers);
                            return new Json.Arr(answers);
                        }));

        assertThat(rpc.callAll(calls))
                .containsExactlyElementsOf(
                        calls.stream().map(call -> call.parameters().getFirst()).toList());
    }

    @Test
    void theEndpointsErrorIsTold() {
        endpoint.answer(
                text("{\"jsonrpc\":\"2.0\",\"id\":0,\"error\":{\"code\":-1,\"message\":\"no\"}}"));

        assertFails(Kind.ERROR);
    }

    @Test
    void whatIsNoAnswerToTheCallIsMalformed() {
        for (String answer :
                new String[] {
                    "",
                    "no json",
                    "{}",
                    "[]",
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x1\"}",
                    "{\"jsonrpc\":\"1.0\",\"id\":0,\"result\":\"0x1\"}",
                    "{\"id\":0,\"result\":\"0x1\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":0}",
                    "{\"jsonrpc\":\"2.0\",\"id\":0,\"id\":0,\"result\":\"0x1\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0x1\"}{}"
                }) {
            endpoint.answer(text(answer));
            assertFails(Kind.MALFORMED);
        }
    }

    @Test
    void aBatchWithAnAnswerTwiceOrTooFewIsMalformed() {
        List<RpcCall> two = List.of(RpcCall.of("a"), RpcCall.of("b"));
        String one = "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0x1\"}";
        for (String answer : new String[] {one, "[" + one + "]", "[" + one + "," + one + "]"}) {
            endpoint.answer(text(answer));
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> rpc.callAll(two))
                    .extracting(RpcException::kind)
                    .isEqualTo(Kind.MALFORMED);
        }
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        endpoint.answer(Answering.endless(new byte[4096]));

        assertFails(Kind.TOO_LARGE);
    }

    @Test
    void anAnswerThatStopsHalfWayEndsWithItsTime() {
        endpoint.answer(Answering.silent());
        try (JsonRpc hasty =
                JsonRpc.open(endpoint.uri(), Duration.ofMillis(200), ANSWER_BYTES_MAX)) {
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> hasty.call("eth_chainId"))
                    .extracting(RpcException::kind)
                    .isEqualTo(Kind.TIMED_OUT);
        }
    }

    @Test
    void aDripOfBytesEndsWithItsTime() {
        endpoint.answer(Answering.endless(new byte[0]));
        try (JsonRpc hasty =
                JsonRpc.open(endpoint.uri(), Duration.ofMillis(200), ANSWER_BYTES_MAX)) {
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> hasty.call("eth_chainId"))
                    .extracting(RpcException::kind)
                    .isEqualTo(Kind.TIMED_OUT);
        }
    }

    @Test
    void aRedirectIsNotFollowed() {
        endpoint.answer(
                (exchange, request) -> {
                    exchange.getResponseHeaders().add("location", "http://127.0.0.1:1/");
                    exchange.sendResponseHeaders(307, -1);
                });

        assertFails(Kind.MALFORMED);
    }

    @Test
    void nobodyThereIsUnreachable() throws IOException {
        URI gone;
        try (HostileEndpoint closed = HostileEndpoint.open()) {
            gone = closed.uri();
        }
        try (JsonRpc nobody = JsonRpc.open(gone)) {
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> nobody.call("eth_chainId"))
                    .extracting(RpcException::kind)
                    .isEqualTo(Kind.UNREACHABLE);
        }
    }

    private static Answering text(String answer) {
        return Answering.bytes(request -> answer.getBytes(StandardCharsets.UTF_8));
    }

    private void assertFails(Kind kind) {
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> rpc.call("eth_chainId"))
                .extracting(RpcException::kind)
                .isEqualTo(kind);
    }
}
