package io.attestgate.proxy.main;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.attestgate.wire.Address;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An endpoint that passes everything on, but claims that one contract's storage is empty. */
final class HidingEndpoint implements AutoCloseable {
    private static final int BODY_BYTES_MAX = 16 << 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final URI honest;
    private final Address hidden;
    private volatile boolean hides = true;

    private HidingEndpoint(URI honest, Address hidden) throws IOException {
        this.honest = honest;
        this.hidden = hidden;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    static HidingEndpoint of(URI honest, Address hidden) throws IOException {
        return new HidingEndpoint(honest, hidden);
    }

    URI rpc() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void hidesNoMore() {
        hides = false;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            byte[] answered = hides ? hidden(json(asked), json(ask(asked))) : ask(asked);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, answered.length);
            exchange.getResponseBody().write(answered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] ask(byte[] body) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(honest)
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        return client.send(request, BodyHandlers.ofByteArray()).body();
    }

    private byte[] hidden(Json asked, Json answered) {
        Set<Json> about = new HashSet<>();
        for (Json call : elements(asked)) {
            boolean ofStorage = member(call, "method").equals(new Json.Text("eth_getProof"));
            if (ofStorage && text(call).contains(hidden.toString())) {
                about.add(member(call, "id"));
            }
        }
        List<Json> answers = new ArrayList<>();
        for (Json answer : elements(answered)) {
            answers.add(about.contains(member(answer, "id")) ? empty(answer) : answer);
        }
        return text(asked instanceof Json.Arr ? new Json.Arr(answers) : answers.getFirst())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The same answer, in which every slot is claimed to be absent. */
    private static Json empty(Json answer) {
        List<Json> slots = new ArrayList<>();
        for (Json slot : elements(member(member(answer, "result"), "storageProof"))) {
            slots.add(
                    Json.object(
                            "key",
                            member(slot, "key"),
                            "value",
                            "0x0",
                            "proof",
                            new Json.Arr(List.of())));
        }
        Json result = with(member(answer, "result"), "storageProof", new Json.Arr(slots));
        return with(answer, "result", result);
    }

    private static Json with(Json object, String name, Json value) {
        Map<String, Json> members = new TreeMap<>(((Json.Obj) object).members());
        members.put(name, value);
        return new Json.Obj(members);
    }

    private static List<Json> elements(Json json) {
        return json instanceof Json.Arr array ? array.elements() : List.of(json);
    }

    private static Json member(Json json, String name) {
        return ((Json.Obj) json).get(name).orElse(new Json.Null());
    }

    private static String text(Json json) {
        return CanonicalJson.text(json);
    }

    private static Json json(byte[] bytes) {
        return JsonReader.parse(bytes, BODY_BYTES_MAX).toOptional().orElseThrow();
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
