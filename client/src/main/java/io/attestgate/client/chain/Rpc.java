package io.attestgate.client.chain;

import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Questions to one Ethereum JSON-RPC endpoint (EIP-1474), which may lie, stall and flood: each is
 * bounded in time and in bytes, whole.
 */
final class Rpc implements AutoCloseable {
    /** A contract's code, the largest answer that is asked for, has 48 KiB in hexadecimal. */
    static final int ANSWER_BYTES_MAX = 1 << 20;

    static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(10);

    private final URI endpoint;
    private final Duration wait;
    private final HttpClient client;

    /** Connects to nobody yet. */
    Rpc(URI endpoint, Duration wait) {
        this.endpoint = endpoint;
        this.wait = wait;
        this.client = HttpClient.newBuilder().connectTimeout(wait).build();
    }

    /** The result, which is not JSON null. */
    Json call(String method, Json... params) throws RpcException {
        Json.Obj question =
                Json.object(
                        "jsonrpc",
                        "2.0",
                        "id",
                        1,
                        "method",
                        method,
                        "params",
                        new Json.Arr(List.of(params)));
        Parsed<Json> answer = JsonReader.parse(post(question), ANSWER_BYTES_MAX);
        return switch (answer.toOptional().orElse(null)) {
            case Json.Obj object -> result(method, object);
            case null, default -> throw new RpcException(method + ": " + answer.faults());
        };
    }

    private static Json result(String method, Json.Obj answer) throws RpcException {
        if (!answer.get("id").equals(Optional.of(new Json.Int(1)))) {
            throw new RpcException(method + ": answer to another question");
        }
        Optional<Json> result = answer.get("result").filter(r -> !(r instanceof Json.Null));
        if (result.isEmpty()) {
            String error =
                    answer.get("error").map(CanonicalJson::text).orElse("neither result nor error");
            throw new RpcException(Fault.quoted(method, error, "a result").toString());
        }
        return result.get();
    }

    /** A result that is a number, in a long. */
    long quantity(String method, Json... params) throws RpcException {
        return quantity(method, call(method, params));
    }

    static long quantity(String name, Json value) throws RpcException {
        if (value instanceof Json.Text(String text) && text.matches("0x[0-9a-f]{1,13}")) {
            return Long.parseLong(text.substring(2), 16);
        }
        throw new RpcException(
                Fault.quoted(name, CanonicalJson.text(value), "a number of at most 52 bits")
                        .toString());
    }

    /** A result that is bytes. */
    byte[] bytes(String method, Json... params) throws RpcException {
        Json value = call(method, params);
        return (value instanceof Json.Text(String text)
                        ? Hex.parse(text)
                        : Optional.<byte[]>empty())
                .orElseThrow(() -> new RpcException(method + ": no hexadecimal bytes"));
    }

    static Hash32 hash(String name, Json value) throws RpcException {
        return (value instanceof Json.Text(String text)
                        ? Hash32.parse(text)
                        : Optional.<Hash32>empty())
                .orElseThrow(() -> new RpcException(name + ": no hash of 32 bytes"));
    }

    private byte[] post(Json.Obj question) throws RpcException {
        HttpRequest request =
                HttpRequest.newBuilder(endpoint)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(CanonicalJson.write(question)))
                        .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, head -> new BoundedBody(ANSWER_BYTES_MAX));
        try {
            HttpResponse<byte[]> response = answer.get(wait.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new RpcException("status: " + response.statusCode() + " (expected: 200)");
            }
            return response.body();
        } catch (ExecutionException e) {
            throw new RpcException(endpoint + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new RpcException(endpoint + ": no whole answer within " + wait, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new RpcException(endpoint + ": interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
