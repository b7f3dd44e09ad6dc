package io.attestgate.govern;

import io.attestgate.govern.GovernException.Cause;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One conversation with an Ethereum JSON-RPC endpoint (EIP-1474) over HTTP. */
final class JsonRpc implements AutoCloseable {
    /**
     * No answer to a question that is asked here is near this: the largest is a contract's code.
     */
    static final int ANSWER_BYTES_MAX = 1 << 20;

    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(10);

    /** What an endpoint answered. */
    sealed interface Answer {
        /** The method's result; JSON null for what is not there. */
        record Result(Json value) implements Answer {}

        /** The method failed; {@code data} is what the EVM returned, where it ran. */
        record Failure(String message, Optional<byte[]> data) implements Answer {}
    }

    private final URI endpoint;
    private final HttpClient client;

    JsonRpc(URI endpoint) {
        this.endpoint = endpoint;
        this.client = HttpClient.newBuilder().connectTimeout(ANSWER_WAIT_MAX).build();
    }

    /** Calls a method that fails only where the endpoint does. */
    Json call(String method, Object... params) throws GovernException {
        return switch (ask(method, params)) {
            case Answer.Result result -> result.value();
            case Answer.Failure failure ->
                    throw endpoint("%s: %s".formatted(method, quoted(failure.message())));
        };
    }

    /** Calls a method whose result is a number. */
    BigInteger quantity(String method, Object... params) throws GovernException {
        return quantity(method, call(method, params));
    }

    /** Reads a number as EIP-1474 writes it. */
    BigInteger quantity(String what, Json value) throws GovernException {
        if (value instanceof Json.Text(String text) && text.matches("0x[0-9a-f]{1,64}")) {
            return new BigInteger(text.substring(2), 16);
        }
        throw endpoint("%s: %s (expected: a hexadecimal number)".formatted(what, value.kind()));
    }

    /** Calls a method whose result is bytes. */
    byte[] bytes(String method, Object... params) throws GovernException {
        Json value = call(method, params);
        if (value instanceof Json.Text(String text)) {
            Optional<byte[]> bytes = Hex.parse(text);
            if (bytes.isPresent()) {
                return bytes.get();
            }
        }
        throw endpoint("%s: %s (expected: hexadecimal bytes)".formatted(method, value.kind()));
    }

    /** Calls a method whose failure says something, such as a revert. */
    Answer ask(String method, Object... params) throws GovernException {
        Json.Obj request =
                Json.object("jsonrpc", "2.0", "id", 1, "method", method, "params", array(params));
        Parsed<Json> answer = JsonReader.parse(post(request), ANSWER_BYTES_MAX);
        if (!(answer.toOptional().orElse(null) instanceof Json.Obj object)) {
            throw endpoint("%s: %s".formatted(method, answer.faults()));
        }
        Optional<Json> result = object.get("result");
        if (result.isPresent()) {
            return new Answer.Result(result.get());
        }
        if (object.get("error").orElse(null) instanceof Json.Obj error) {
            return new Answer.Failure(
                    text(error, "message").orElse(""), text(error, "data").flatMap(Hex::parse));
        }
        throw endpoint("%s: neither result nor error (expected: JSON-RPC 2.0)".formatted(method));
    }

    private static Json.Arr array(Object... params) {
        return new Json.Arr(
                List.of(params).stream()
                        .map(
                                param ->
                                        param instanceof Json json
                                                ? json
                                                : new Json.Text((String) param))
                        .toList());
    }

    private byte[] post(Json.Obj request) throws GovernException {
        HttpRequest post =
                HttpRequest.newBuilder(endpoint)
                        .timeout(ANSWER_WAIT_MAX)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.write(request)))
                        .build();
        try {
            HttpResponse<InputStream> response =
                    client.send(post, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw endpoint("status: %d (expected: 200)".formatted(response.statusCode()));
                }
                return body.readNBytes(ANSWER_BYTES_MAX + 1);
            }
        } catch (IOException e) {
            throw GovernException.endpoint("%s: %s".formatted(endpoint, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GovernException.endpoint("%s: interrupted".formatted(endpoint), e);
        }
    }

    private GovernException endpoint(String fault) {
        return new GovernException(Cause.ENDPOINT, "%s: %s".formatted(endpoint, fault));
    }

    static Optional<String> text(Json.Obj object, String member) {
        return object.get(member)
                .filter(Json.Text.class::isInstance)
                .map(value -> ((Json.Text) value).value());
    }

    private static String quoted(String message) {
        return '"' + message.substring(0, Math.min(message.length(), 128)) + '"';
    }

    @Override
    public void close() {
        client.close();
    }
}
