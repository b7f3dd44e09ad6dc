package io.attestgate.policy.rpc;

import io.attestgate.policy.rpc.RpcException.Kind;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Calls the methods of one endpoint, and believes of its answers only that they are answers.
 *
 * <p>Follows no redirect, and takes neither more bytes nor more time than its limits say, whatever
 * the endpoint sends how slowly. Blocks the calling thread. For any thread.
 */
public final class JsonRpc implements AutoCloseable {
    /** What a whole call may take, from connecting to the answer's last byte. */
    public static final Duration TIME_MAX = Duration.ofSeconds(10);

    /**
     * Room for the largest batch: 100 documents of 24 KiB in hexadecimal, and half as much again.
     */
    public static final int ANSWER_BYTES_MAX = 8 << 20;

    /** What endpoints commonly accept in one batch. */
    public static final int BATCH_CALLS_MAX = 100;

    private final BoundedHttp http;
    private final URI endpoint;

    private JsonRpc(URI endpoint, BoundedHttp http) {
        this.endpoint = endpoint;
        this.http = http;
    }

    /** Calls the endpoint within the usual limits; its TLS is held to the runtime's own roots. */
    public static JsonRpc open(URI endpoint) {
        return open(endpoint, TIME_MAX, ANSWER_BYTES_MAX);
    }

    /** Calls the endpoint within the usual limits; its TLS is held to what {@code tls} trusts. */
    public static JsonRpc open(URI endpoint, SSLContext tls) {
        return open(endpoint, tls, TIME_MAX, ANSWER_BYTES_MAX);
    }

    /** Calls the endpoint within these limits. */
    public static JsonRpc open(URI endpoint, Duration timeMax, int answerBytesMax) {
        return new JsonRpc(endpoint, BoundedHttp.open(timeMax, answerBytesMax));
    }

    /** Calls the endpoint within these limits; its TLS is held to what {@code tls} trusts. */
    public static JsonRpc open(URI endpoint, SSLContext tls, Duration timeMax, int answerBytesMax) {
        return new JsonRpc(endpoint, BoundedHttp.open(tls, timeMax, answerBytesMax));
    }

    /** Calls one method. */
    public Json call(String method, Json... parameters) throws RpcException {
        RpcCall call = RpcCall.of(method, parameters);
        return result(call, 0, exchange(call.request(0)).json());
    }

    /** Calls all, in batches, and gives the results in the same order. */
    public List<Json> callAll(List<RpcCall> calls) throws RpcException {
        List<Json> results = new ArrayList<>();
        for (int from = 0; from < calls.size(); from += BATCH_CALLS_MAX) {
            int to = Math.min(calls.size(), from + BATCH_CALLS_MAX);
            results.addAll(batch(calls.subList(from, to)).results());
        }
        return results;
    }

    /**
     * Calls all in one batch, and says whose answer it is.
     *
     * @param calls at most {@link #BATCH_CALLS_MAX}
     */
    public KeyedAnswer callKeyed(List<RpcCall> calls) throws RpcException {
        if (calls.size() > BATCH_CALLS_MAX) {
            throw new IllegalArgumentException(
                    "calls: %d (expected: at most %d)".formatted(calls.size(), BATCH_CALLS_MAX));
        }
        return batch(calls);
    }

    /** Closes idle connections; what runs is cut off. */
    @Override
    public void close() {
        http.close();
    }

    /** One batch (JSON-RPC 2.0 §6); answers may come in any order. */
    private KeyedAnswer batch(List<RpcCall> calls) throws RpcException {
        List<Json> requests = new ArrayList<>();
        for (RpcCall call : calls) {
            requests.add(call.request(requests.size()));
        }
        BoundedHttp.Answer exchanged = exchange(new Json.Arr(requests));
        if (!(exchanged.json() instanceof Json.Arr answers)
                || answers.elements().size() != calls.size()) {
            throw malformed(
                    "batch", exchanged.json().kind(), "an array of " + calls.size() + " answers");
        }
        Map<Json, Json> byId = new HashMap<>();
        for (Json one : answers.elements()) {
            member(one, "id").ifPresent(id -> byId.put(id, one));
        }
        List<Json> results = new ArrayList<>();
        for (RpcCall call : calls) {
            Json one = byId.getOrDefault(new Json.Int(results.size()), new Json.Null());
            results.add(result(call, results.size(), one));
        }
        return new KeyedAnswer(results, exchanged.key());
    }

    private static Json result(RpcCall call, int id, Json answer) throws RpcException {
        Optional<Json> error = member(answer, "error").filter(e -> !(e instanceof Json.Null));
        boolean ours =
                member(answer, "jsonrpc").equals(Optional.of(new Json.Text("2.0")))
                        && member(answer, "id").equals(Optional.of(new Json.Int(id)));
        if (error.isPresent() && answer instanceof Json.Obj) {
            throw new RpcException(
                    Fault.quoted(call.method(), errorText(error.get()), "a result").toString(),
                    member(error.get(), "data").flatMap(JsonRpc::bytes));
        }
        if (!ours) {
            throw malformed(call.method(), answer.kind(), "the answer to call " + id);
        }
        return member(answer, "result")
                .orElseThrow(() -> malformed(call.method(), "no result", "a result or an error"));
    }

    private static String errorText(Json error) {
        return member(error, "message")
                .filter(Json.Text.class::isInstance)
                .map(text -> ((Json.Text) text).value())
                .orElseGet(() -> CanonicalJson.text(error));
    }

    private static Optional<byte[]> bytes(Json json) {
        return json instanceof Json.Text(String hex) ? Hex.parse(hex) : Optional.empty();
    }

    private static Optional<Json> member(Json json, String name) {
        return json instanceof Json.Obj object ? object.get(name) : Optional.empty();
    }

    private BoundedHttp.Answer exchange(Json request) throws RpcException {
        return http.exchange(
                HttpRequest.newBuilder(endpoint)
                        .header("content-type", "application/json")
                        .header("accept", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        CanonicalJson.write(request))));
    }

    private static RpcException malformed(String name, String found, String expected) {
        return new RpcException(Kind.MALFORMED, new Fault(name, found, expected).toString());
    }
}
