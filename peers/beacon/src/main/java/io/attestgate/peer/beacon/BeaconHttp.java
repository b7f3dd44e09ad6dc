package io.attestgate.peer.beacon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Serves answers on loopback, well or badly. */
final class BeaconHttp implements AutoCloseable {
    private static final long DRIP_NANOS = 20_000_000;
    private static final byte[] GIANT_PIECE =
            " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);

    private final HttpServer server;
    private final URI base;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private BeaconHttp(HttpServer server, URI base) {
        this.server = server;
        this.base = base;
    }

    /** What is answered to a path with its query; nothing is 404. */
    @FunctionalInterface
    interface Answers {
        Optional<Json> to(URI path);
    }

    static BeaconHttp open(Answers answers, Supplier<Lie> lie, Optional<SSLContext> tls)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server;
        if (tls.isPresent()) {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
            server = https;
        } else {
            server = HttpServer.create(address, 0);
        }
        String scheme = tls.isPresent() ? "https" : "http";
        URI base = URI.create("%s://127.0.0.1:%d".formatted(scheme, server.getAddress().getPort()));
        BeaconHttp http = new BeaconHttp(server, base);
        server.setExecutor(http.threads);
        server.createContext("/", exchange -> answer(exchange, answers, lie.get()));
        server.start();
        return http;
    }

    URI base() {
        return base;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, Answers answers, Lie lie) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Optional<Json> answer =
                    lie == Lie.NOT_FOUND ? Optional.empty() : answers.to(exchange.getRequestURI());
            if (answer.isEmpty()) {
                send(exchange, 404, "{\"code\":404,\"message\":\"not found\"}");
            } else if (lie == Lie.NOT_JSON) {
                send(exchange, 200, "<html>It works!</html>");
            } else {
                send(exchange, CanonicalJson.write(answer.get()), lie);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static void send(HttpExchange exchange, byte[] body, Lie lie) throws IOException {
        exchange.getResponseHeaders().set("content-type", "application/json");
        switch (lie) {
            case GIANT -> {
                exchange.sendResponseHeaders(200, 0);
                while (!Thread.currentThread().isInterrupted()) {
                    OutputStream out = exchange.getResponseBody();
                    out.write(GIANT_PIECE);
                }
            }
            case SLOW_DRIP -> {
                exchange.sendResponseHeaders(200, body.length);
                for (byte one : body) {
                    exchange.getResponseBody().write(one);
                    exchange.getResponseBody().flush();
                    LockSupport.parkNanos(DRIP_NANOS);
                }
            }
            case TRUNCATED -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(Arrays.copyOf(body, body.length / 2));
            }
            default -> {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }
}
