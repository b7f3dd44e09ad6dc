package io.attestgate.proxy.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.attestgate.peer.ServerTls;
import io.attestgate.proxy.pipeline.TestAuthority;
import io.attestgate.proxy.tls.TlsIdentity;
import io.attestgate.wire.Base64Url;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;

/** An https endpoint of a chain under a key of its own, which passes on what it is asked. */
final class PinnedEndpoint implements AutoCloseable {
    private final TlsIdentity identity = new TestAuthority().identity("localhost");
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpsServer server;
    private final URI behind;

    PinnedEndpoint(URI behind) throws IOException, GeneralSecurityException {
        this.behind = behind;
        this.server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(ServerTls.of(identity.key(), identity.chain())));
        server.createContext("/", this::passOn);
        server.start();
    }

    URI url() {
        return URI.create("https://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
    }

    /** As a bootstrap file writes it. */
    String pin() {
        return Base64Url.write(identity.spkiSha256().bytes());
    }

    /** How many requests came. */
    int asked() {
        return asked.get();
    }

    private void passOn(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        HttpRequest request =
                HttpRequest.newBuilder(behind)
                        .header("content-type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        exchange.getRequestBody().readAllBytes()))
                        .build();
        try {
            byte[] answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }
}
