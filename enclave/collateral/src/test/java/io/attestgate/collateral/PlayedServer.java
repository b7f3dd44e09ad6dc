package io.attestgate.collateral;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.attestgate.collateral.http.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A vendor's service on this machine: answers what it was given, and 404 else. */
public final class PlayedServer implements AutoCloseable {
    /** Answers one request. */
    public interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private PlayedServer(HttpServer server) {
        this.server = server;
    }

    public static PlayedServer open() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            PlayedServer played = new PlayedServer(server);
            server.setExecutor(played.threads);
            server.createContext("/", played::handle);
            server.start();
            return played;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String asked = exchange.getRequestURI().toString();
            requests.add(asked);
            Handler handler = handlers.get(asked);
            if (handler == null) {
                send(exchange, 404, "no such thing".getBytes(StandardCharsets.UTF_8));
            } else {
                handler.handle(exchange);
            }
        }
    }

    public Service service() {
        return new Service("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was asked, in its order: paths with their queries. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    public long count(String path) {
        return requests.stream().filter(path::equals).count();
    }

    @CanIgnoreReturnValue
    public PlayedServer on(String path, Handler handler) {
        handlers.put(path, handler);
        return this;
    }

    /** Answers 200 with that body. */
    @CanIgnoreReturnValue
    public PlayedServer on(String path, byte[] body) {
        return on(path, exchange -> send(exchange, 200, body));
    }

    /** Answers 200 with that body, and text in a header, percent-encoded. */
    @CanIgnoreReturnValue
    public PlayedServer on(String path, byte[] body, String header, String text) {
        return on(
                path,
                exchange -> {
                    exchange.getResponseHeaders().set(header, encoded(text));
                    send(exchange, 200, body);
                });
    }

    /** Answers with that status alone. */
    @CanIgnoreReturnValue
    public PlayedServer status(String path, int status) {
        return on(path, exchange -> send(exchange, status, new byte[0]));
    }

    public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** As Intel's service does it: a space is %20. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
