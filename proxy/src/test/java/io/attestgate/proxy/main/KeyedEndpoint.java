package io.attestgate.proxy.main;

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
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** An endpoint with a TLS key of its own before a chain; it can tell another chain's id. */
final class KeyedEndpoint implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final TlsIdentity identity = new TestAuthority().identity("localhost");
    private final HttpsServer server;
    private final URI honest;
    private volatile boolean lies;

    private KeyedEndpoint(URI honest) throws IOException, GeneralSecurityException {
        this.honest = honest;
        this.server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(ServerTls.of(identity.key(), identity.chain())));
        server.createContext("/", this::answer);
        server.start();
    }

    static KeyedEndpoint of(URI honest) throws IOException, GeneralSecurityException {
        return new KeyedEndpoint(honest);
    }

    /** An item of {@code chain.rpc}. */
    String yaml() {
        return "    - url: https://127.0.0.1:%d/secret%n      pins: [%s]%n"
                .formatted(
                        server.getAddress().getPort(),
                        Base64Url.write(identity.spkiSha256().bytes()));
    }

    void tellsAnotherChain() {
        lies = true;
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest request =
                    HttpRequest.newBuilder(honest)
                            .header("content-type", "application/json")
                            .POST(
                                    HttpRequest.BodyPublishers.ofByteArray(
                                            exchange.getRequestBody().readAllBytes()))
                            .build();
            String told = client.send(request, BodyHandlers.ofString()).body();
            byte[] answered =
                    (lies ? told.replace("\"0x7a69\"", "\"0x1\"") : told)
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answered.length);
            exchange.getResponseBody().write(answered);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
