package io.attestgate.policy.rpc;

import io.attestgate.policy.rpc.RpcException.Kind;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import io.attestgate.wire.http.BoundedBody;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Exchanges one request for one answer with a server that nobody trusts.
 *
 * <p>Follows no redirect, and takes neither more bytes nor more time than its limits say, whatever
 * the server sends how slowly. Blocks the calling thread. For any thread.
 */
public final class BoundedHttp implements AutoCloseable {
    private final HttpClient http;
    private final Duration timeMax;
    private final int answerBytesMax;

    private BoundedHttp(HttpClient http, Duration timeMax, int answerBytesMax) {
        this.http = http;
        this.timeMax = timeMax;
        this.answerBytesMax = answerBytesMax;
    }

    /**
     * What a server answered, and the key of the connection that it came by.
     *
     * @param key SHA-256 of the SPKI; empty for plain http
     */
    public record Answer(Json json, Optional<Hash32> key) {}

    /** TLS is held to the runtime's own roots. */
    public static BoundedHttp open(Duration timeMax, int answerBytesMax) {
        return new BoundedHttp(client(timeMax).build(), timeMax, answerBytesMax);
    }

    /** TLS is held to what {@code tls} trusts. */
    public static BoundedHttp open(SSLContext tls, Duration timeMax, int answerBytesMax) {
        return new BoundedHttp(client(timeMax).sslContext(tls).build(), timeMax, answerBytesMax);
    }

    private static HttpClient.Builder client(Duration timeMax) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeMax);
    }

    /** Gives the JSON of an answer with status 200; any other is refused. */
    public Answer exchange(HttpRequest.Builder builder) throws RpcException {
        HttpResponse<byte[]> response = send(builder);
        if (response.statusCode() != 200) {
            throw otherStatus(response, "200");
        }
        return switch (JsonReader.parse(response.body(), answerBytesMax)) {
            case Parsed.Good<Json> good ->
                    new Answer(good.value(), response.sslSession().flatMap(BoundedHttp::key));
            case Parsed.Bad<Json> bad ->
                    throw new RpcException(Kind.MALFORMED, bad.faults().getFirst().toString());
        };
    }

    /** The bytes of a file, whose content proves itself; empty if the server has none (404). */
    public Optional<byte[]> file(URI file) throws RpcException {
        HttpResponse<byte[]> response = send(HttpRequest.newBuilder(file).GET());
        return switch (response.statusCode()) {
            case 200 -> Optional.of(response.body());
            case 404 -> Optional.empty();
            default -> throw otherStatus(response, "200 or 404");
        };
    }

    /** Closes idle connections; what runs is cut off. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder builder) throws RpcException {
        HttpRequest request = builder.timeout(timeMax).build();
        return await(request.uri(), http.sendAsync(request, BoundedBody.handler(answerBytesMax)));
    }

    private static RpcException otherStatus(HttpResponse<?> response, String expected) {
        String status = Integer.toString(response.statusCode());
        return new RpcException(Kind.MALFORMED, new Fault("status", status, expected).toString());
    }

    private static Optional<Hash32> key(SSLSession session) {
        try {
            byte[] spki = session.getPeerCertificates()[0].getPublicKey().getEncoded();
            return Optional.of(Hash32.of(Digests.sha256(spki)));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /** The JDK's timeout ends with the header, so a dripping body needs this one. */
    private HttpResponse<byte[]> await(URI uri, CompletableFuture<HttpResponse<byte[]>> exchange)
            throws RpcException {
        try {
            return exchange.get(timeMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw timedOut(uri, e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new RpcException(Kind.UNREACHABLE, uri + ": interrupted", e);
        } catch (ExecutionException e) {
            throw failed(uri, e.getCause() == null ? e : e.getCause());
        }
    }

    private RpcException failed(URI uri, Throwable cause) {
        return switch (cause) {
            case BoundedBody.TooLarge large ->
                    new RpcException(Kind.TOO_LARGE, uri + ": " + large.getMessage(), large);
            case HttpTimeoutException timeout -> timedOut(uri, timeout);
            case ConnectException refused ->
                    new RpcException(Kind.UNREACHABLE, uri + ": no connection", refused);
            default -> new RpcException(Kind.UNREACHABLE, uri + ": " + cause.getMessage(), cause);
        };
    }

    private RpcException timedOut(URI uri, Throwable cause) {
        return new RpcException(
                Kind.TIMED_OUT,
                "%s: no whole answer (expected: one within %d ms)"
                        .formatted(uri, timeMax.toMillis()),
                cause);
    }
}
