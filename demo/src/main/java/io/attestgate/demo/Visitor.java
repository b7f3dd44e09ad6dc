package io.attestgate.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An ordinary client of the gateway that trusts one root and nothing else. */
final class Visitor implements AutoCloseable {
    private static final Duration ANSWER_WAIT_MAX = Duration.ofSeconds(30);

    private final HttpClient http1;
    private final HttpClient http2;

    private Visitor(SSLContext trust) {
        this.http1 = client(trust, HttpClient.Version.HTTP_1_1);
        this.http2 = client(trust, HttpClient.Version.HTTP_2);
    }

    private static HttpClient client(SSLContext trust, HttpClient.Version version) {
        return HttpClient.newBuilder()
                .sslContext(trust)
                .version(version)
                .connectTimeout(ANSWER_WAIT_MAX)
                .build();
    }

    /** One that trusts the root in this file. */
    static Visitor trusting(Path rootPem) throws IOException {
        try (InputStream pem = Files.newInputStream(rootPem)) {
            Certificate root = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            roots.setCertificateEntry("root", root);
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return new Visitor(context);
        } catch (GeneralSecurityException e) {
            throw new IOException("root of " + rootPem, e);
        }
    }

    HttpResponse<String> get(URI uri, HttpClient.Version version) throws IOException {
        HttpClient client = version == HttpClient.Version.HTTP_2 ? http2 : http1;
        return await(client.sendAsync(request(uri), HttpResponse.BodyHandlers.ofString()));
    }

    /** The certificate that a new connection is shown. */
    X509Certificate leaf(URI uri) throws IOException {
        HttpResponse<String> answer = get(uri, HttpClient.Version.HTTP_1_1);
        return (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
    }

    /** The first line of a page that must be 200. */
    String greeting(URI uri) throws IOException {
        HttpResponse<String> answer = get(uri, HttpClient.Version.HTTP_2);
        String first = answer.body().lines().findFirst().orElse("");
        if (answer.statusCode() != 200) {
            throw new IOException(
                    "status: %d %s (expected: 200 throughout)"
                            .formatted(answer.statusCode(), first));
        }
        return first;
    }

    /** The answer whose body is still coming. */
    HttpResponse<InputStream> download(URI uri) throws IOException {
        return await(http2.sendAsync(request(uri), HttpResponse.BodyHandlers.ofInputStream()));
    }

    /** Opens a WebSocket, sends a text and gives the first text that comes back. */
    String webSocketEcho(URI uri, String text) throws IOException {
        CompletableFuture<String> echo = new CompletableFuture<>();
        WebSocket socket = await(http1.newWebSocketBuilder().buildAsync(uri, new FirstText(echo)));
        await(socket.sendText(text, true));
        String received = await(echo);
        await(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
        return received;
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(ANSWER_WAIT_MAX).build();
    }

    private static <T> T await(CompletableFuture<T> answer) throws IOException {
        try {
            return answer.get(ANSWER_WAIT_MAX.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + ANSWER_WAIT_MAX, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http1.shutdownNow();
        http2.shutdownNow();
    }

    private record FirstText(CompletableFuture<String> text) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.complete(data.toString());
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            text.completeExceptionally(error);
        }
    }
}
