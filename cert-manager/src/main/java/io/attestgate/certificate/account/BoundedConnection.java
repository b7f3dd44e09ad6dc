package io.attestgate.certificate.account;

import io.attestgate.wire.http.RetryAfter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.DefaultConnection;
import org.shredzone.acme4j.connector.HttpConnector;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * acme4j's connection with the limits it lacks: on the size of an answer, on the time of its last
 * byte and not only of its first, on the scheme, and on what Retry-After may ask for.
 */
final class BoundedConnection extends DefaultConnection {
    /** Certificate chains are below 20 kB, everything else below that. */
    static final int ANSWER_BYTES_MAX = 256 * 1024;

    private static final BodyHandler<InputStream> BOUNDED =
            BodyHandlers.limiting(
                    head ->
                            BodySubscribers.mapping(
                                    BodySubscribers.ofByteArray(), ByteArrayInputStream::new),
                    ANSWER_BYTES_MAX);

    private final InstantSource clock;

    BoundedConnection(HttpConnector connector, InstantSource clock) {
        super(connector);
        this.clock = clock;
    }

    @Override
    protected void sendRequest(Session session, URL url, Consumer<HttpRequest.Builder> body)
            throws IOException {
        if (!url.getProtocol().equals("https")) {
            throw new IOException("authority's URL: %s (expected: https)".formatted(url));
        }
        HttpRequest.Builder request =
                httpConnector
                        .createRequestBuilder(url)
                        .header("Accept-Language", session.getLanguageHeader());
        body.accept(request);
        lastResponse = await(httpClient.sendAsync(request.build(), BOUNDED));
    }

    private static HttpResponse<InputStream> await(
            CompletableFuture<HttpResponse<InputStream>> answer) throws IOException {
        try {
            return answer.get(AcmeTransport.ANSWER_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("answer not whole in " + AcmeTransport.ANSWER_WAIT_MAX);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** acme4j asks for a nonce on a connection that still holds a badNonce answer without one. */
    @Override
    public void resetNonce(Session session) throws AcmeException {
        close();
        super.resetNonce(session);
    }

    @Override
    public Optional<Instant> getRetryAfter() {
        Instant now = clock.instant();
        return Optional.ofNullable(lastResponse)
                .flatMap(answer -> answer.headers().firstValue("Retry-After"))
                .flatMap(field -> RetryAfter.parse(field, now))
                .map(now::plus);
    }

    /** A directory lives as long as its session, so its cache fields mean nothing here. */
    @Override
    public Optional<ZonedDateTime> getLastModified() {
        return Optional.empty();
    }

    /** As {@link #getLastModified}. */
    @Override
    public Optional<ZonedDateTime> getExpiration() {
        return Optional.empty();
    }
}
