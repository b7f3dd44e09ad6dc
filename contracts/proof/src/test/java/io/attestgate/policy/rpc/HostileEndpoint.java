package io.attestgate.policy.rpc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A JSON-RPC endpoint on loopback that answers as a test wants: right, wrong, or endlessly. */
public final class HostileEndpoint implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Answering answering = Answering.json(request -> request);

    /** Answers one exchange whose request has these bytes. */
    @FunctionalInterface
    public interface Answering {
        void answer(HttpExchange exchange, byte[] request) throws IOException;

        /** Answers each request with the JSON that is made of it. */
        static Answering json(Function<Json, Json> answer) {
            return bytes(
                    request ->
                            CanonicalJson.write(
                                    answer.apply(
                                            JsonReader.parse(request, 1 << 24)
                                                    .toOptional()
                                                    .orElseThrow())));
        }

        /** Answers each request with these bytes. */
        static Answering bytes(Function<byte[], byte[]> answer) {
            return (exchange, request) -> {
                byte[] body = answer.apply(request);
                exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            };
        }

        /** Writes this for as long as the client reads. */
        static Answering endless(byte[] piece) {
            return (exchange, request) -> {
                exchange.sendResponseHeaders(200, 0);
                OutputStream body = exchange.getResponseBody();
                while (!Thread.currentThread().isInterrupted()) {
                    body.write(piece);
                    body.flush();
                }
            };
        }

        /** Begins an answer and never goes on. */
        static Answering silent() {
            return (exchange, request) -> {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
                try {
                    Thread.currentThread().join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };
        }
    }

    private HostileEndpoint(HttpServer server) {
        this.server = server;
    }

    public static HostileEndpoint open() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HostileEndpoint endpoint = new HostileEndpoint(server);
        server.setExecutor(endpoint.threads);
        server.createContext("/", endpoint::exchange);
        server.start();
        return endpoint;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    public void answer(Answering with) {
        answering = with;
    }

    /** Answers each call of a batch, or a call alone, with what {@code result} makes of it. */
    public void answerCalls(Function<RpcCall, Json> result) {
        answer(
                Answering.json(
                        request -> {
                            if (request instanceof Json.Arr batch) {
                                List<Json> answers = new ArrayList<>();
                                for (Json one : batch.elements()) {
                                    answers.add(answered(one, result));
                                }
                                return new Json.Arr(answers);
                            }
                            return answered(request, result);
                        }));
    }

    /** The call in a request. */
    public static RpcCall call(Json request) {
        Json.Obj object = (Json.Obj) request;
        return new RpcCall(
                ((Json.Text) object.get("method").orElseThrow()).value(),
                ((Json.Arr) object.get("params").orElseThrow()).elements());
    }

    private static Json answered(Json request, Function<RpcCall, Json> result) {
        return Json.object(
                "jsonrpc", "2.0",
                "id", ((Json.Obj) request).get("id").orElseThrow(),
                "result", result.apply(call(request)));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void exchange(HttpExchange exchange) throws IOException {
        try (exchange) {
            answering.answer(exchange, exchange.getRequestBody().readAllBytes());
        }
    }
}
