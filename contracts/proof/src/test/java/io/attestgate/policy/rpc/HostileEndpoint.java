package io.attestgate.policy.rpc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A JSON-RPC endpoint on loopback that answers as a test wants: right, wrong, or endlessly. */
public final class HostileEndpoint implements AutoCloseable {
    private final String scheme;
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

    private HostileEndpoint(String scheme, HttpServer server) {
        this.scheme = scheme;
        this.server = server;
    }

    public static HostileEndpoint open() throws IOException {
        return open("http", HttpServer.create(anyPort(), 0));
    }

    /** Opens one whose TLS shows what {@code tls} has. */
    public static HostileEndpoint open(SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return open("https", server);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static HostileEndpoint open(String scheme, HttpServer server) {
        HostileEndpoint endpoint = new HostileEndpoint(scheme, server);
        server.setExecutor(endpoint.threads);
        server.createContext("/", endpoint::exchange);
        server.start();
        return endpoint;
    }

    public URI uri() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/");
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

    /** A client's context that accepts any certificate: a test tells endpoints apart by key. */
    public static SSLContext trustingAnyone() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anyone()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Extends the class that makes the runtime leave the host name to it. */
    private static final class Anyone extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
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
