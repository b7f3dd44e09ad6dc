package io.attestgate.collateral.http;

import io.attestgate.collateral.http.FetchException.Kind;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import io.attestgate.wire.http.BoundedBody;
import io.attestgate.wire.http.RetryAfter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * One request and its answer, with a server that nobody trusts: no redirect, no coding, and neither
 * more bytes nor more time than the limits say, whatever it sends how slowly. Any thread.
 */
public final class Exchange implements AutoCloseable {
    private static final int OK = 200;

    private final HttpClient http;
    private final Limits limits;
    private final InstantSource clock;

    private Exchange(HttpClient http, Limits limits, InstantSource clock) {
        this.http = http;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Connects to nobody yet.
     *
     * @param tls what its certificates are held to; empty for the roots of the Java runtime
     */
    public static Exchange open(Optional<SSLContext> tls, Limits limits, InstantSource clock) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(limits.requestTime());
        tls.ifPresent(builder::sslContext);
        return new Exchange(builder.build(), limits, clock);
    }

    /** Asks once. */
    Answer ask(Question question) throws FetchException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(question.uri()).timeout(limits.requestTime());
        question.post()
                .ifPresent(
                        post ->
                                request.header("Content-Type", post.contentType())
                                        .POST(BodyPublishers.ofByteArray(post.body().bytes())));
        HttpResponse<byte[]> response = await(question, request.build());
        if (response.statusCode() != OK) {
            throw otherStatus(question, response);
        }
        uncoded(question, response);
        return switch (question.reading().read(response.headers(), response.body())) {
            case Parsed.Good<Answer> good -> good.value();
            case Parsed.Bad<Answer> bad ->
                    throw failed(Kind.MALFORMED, question, bad.faults().getFirst());
        };
    }

    /** Nothing coded was asked for, and nothing is decoded: what is small stays small. */
    private static void uncoded(Question question, HttpResponse<?> response) throws FetchException {
        String coding = response.headers().firstValue("Content-Encoding").orElse("identity");
        if (!coding.equalsIgnoreCase("identity")) {
            throw failed(
                    Kind.MALFORMED, question, Fault.quoted("content-encoding", coding, "none"));
        }
    }

    private FetchException otherStatus(Question question, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String said = new String(response.body(), StandardCharsets.UTF_8).strip();
        Fault fault = Fault.quoted("status " + status, said, "200");
        Kind kind =
                switch (status) {
                    case 404, 410 -> Kind.ABSENT;
                    case 429, 500, 502, 503, 504 -> Kind.UNAVAILABLE;
                    default -> Kind.REFUSED;
                };
        Optional<Duration> retryAfter =
                response.headers()
                        .firstValue("Retry-After")
                        .flatMap(field -> RetryAfter.parse(field, clock.instant()));
        return new FetchException(kind, message(question, fault.toString()), retryAfter);
    }

    /** The JDK's timeout ends with the header, so a dripping body needs this one. */
    private HttpResponse<byte[]> await(Question question, HttpRequest request)
            throws FetchException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(request, BoundedBody.handler(limits.answerBytesMax()));
        try {
            return exchange.get(limits.requestTime().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw timedOut(question);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new FetchException(Kind.UNREACHABLE, message(question, "interrupted"));
        } catch (ExecutionException e) {
            throw broken(question, e.getCause() == null ? e : e.getCause());
        }
    }

    private FetchException broken(Question question, Throwable cause) {
        return switch (cause) {
            case BoundedBody.TooLarge large ->
                    new FetchException(
                            Kind.TOO_LARGE, message(question, String.valueOf(large.getMessage())));
            case HttpTimeoutException timeout -> timedOut(question);
            default ->
                    new FetchException(
                            Kind.UNREACHABLE,
                            message(question, "no connection, or it broke: " + cause));
        };
    }

    private FetchException timedOut(Question question) {
        return new FetchException(
                Kind.TIMED_OUT,
                message(
                        question,
                        "no whole answer (expected: one within %d ms)"
                                .formatted(limits.requestTime().toMillis())));
    }

    private static FetchException failed(Kind kind, Question question, Fault fault) {
        return new FetchException(kind, message(question, fault.toString()));
    }

    private static String message(Question question, String what) {
        return question + ": " + what;
    }

    /** Closes idle connections; what runs is cut off. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
