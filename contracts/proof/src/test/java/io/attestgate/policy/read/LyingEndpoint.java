package io.attestgate.policy.read;

import io.attestgate.peer.LoopbackCertificate;
import io.attestgate.policy.endpoint.Endpoint;
import io.attestgate.policy.rpc.HostileEndpoint;
import io.attestgate.policy.rpc.HostileEndpoint.Answering;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * An endpoint with a TLS key of its own before a real chain: passes on what it is asked, and
 * changes the answers as a test wants.
 */
final class LyingEndpoint implements AutoCloseable {
    /** Ample for the real chain beside other work, and little enough to wait for in a test. */
    static final Duration TIME_MAX = Duration.ofSeconds(4);

    private static final int ANSWER_BYTES_MAX = 8 << 20;

    private final String name;
    private final HostileEndpoint server;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile URI chain;
    private volatile Lie lie = Lie.NONE;
    private volatile UnaryOperator<byte[]> bytes = UnaryOperator.identity();

    /** Makes another result of a true one. */
    @FunctionalInterface
    interface Lie {
        Lie NONE = (call, result) -> result;

        Json of(RpcCall call, Json result);

        /** Lies about one method alone. */
        static Lie about(String method, UnaryOperator<Json> lie) {
            return (call, result) -> call.method().equals(method) ? lie.apply(result) : result;
        }
    }

    private LyingEndpoint(String name, HostileEndpoint server, URI chain) {
        this.name = name;
        this.server = server;
        this.chain = chain;
        server.answer(Answering.bytes(this::answer));
    }

    static LyingEndpoint open(String name, SSLContext tls, URI chain) throws IOException {
        return new LyingEndpoint(name, HostileEndpoint.open(tls), chain);
    }

    /** With a new key. */
    static LyingEndpoint open(String name, URI chain) throws IOException {
        return open(name, LoopbackCertificate.newServer(), chain);
    }

    Endpoint endpoint(InstantSource clock) {
        return new Endpoint(
                name,
                JsonRpc.open(
                        server.uri(), HostileEndpoint.trustingAnyone(), TIME_MAX, ANSWER_BYTES_MAX),
                clock);
    }

    void lie(Lie newest) {
        lie = newest;
    }

    /** Changes the bytes of every answer. */
    void garble(UnaryOperator<byte[]> newest) {
        bytes = newest;
    }

    /** Tells another chain from now on. */
    void follow(URI another) {
        chain = another;
    }

    /** Answers in a way of its own. */
    void answer(Answering with) {
        server.answer(with);
    }

    void beHonest(URI about) {
        chain = about;
        lie = Lie.NONE;
        bytes = UnaryOperator.identity();
        server.answer(Answering.bytes(this::answer));
    }

    @Override
    public void close() {
        server.close();
        http.shutdownNow();
    }

    private byte[] answer(byte[] request) {
        Map<Json, RpcCall> asked = new HashMap<>();
        for (Json one : each(parse(request))) {
            asked.put(member(one, "id"), HostileEndpoint.call(one));
        }
        Json told = parse(passOn(request));
        List<Json> lied = new ArrayList<>();
        for (Json one : each(told)) {
            lied.add(lied((Json.Obj) one, asked));
        }
        return bytes.apply(
                CanonicalJson.write(
                        told instanceof Json.Arr ? new Json.Arr(lied) : lied.getFirst()));
    }

    private Json lied(Json.Obj answer, Map<Json, RpcCall> asked) {
        RpcCall call = asked.get(member(answer, "id"));
        if (call == null || answer.get("result").isEmpty()) {
            return answer;
        }
        Map<String, Json> members = new HashMap<>(answer.members());
        members.put("result", lie.of(call, member(answer, "result")));
        return new Json.Obj(members);
    }

    private byte[] passOn(byte[] request) {
        try {
            return http.send(
                            HttpRequest.newBuilder(chain)
                                    .header("content-type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<Json> each(Json json) {
        return json instanceof Json.Arr batch ? batch.elements() : List.of(json);
    }

    private static Json parse(byte[] json) {
        return JsonReader.parse(json, 1 << 24).toOptional().orElseThrow();
    }

    private static Json member(Json json, String name) {
        return ((Json.Obj) json).get(name).orElse(new Json.Null());
    }
}
