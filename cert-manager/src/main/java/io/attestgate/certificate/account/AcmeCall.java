package io.attestgate.certificate.account;

import io.attestgate.certificate.account.AuthorityException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.exception.AcmeLazyLoadingException;
import org.shredzone.acme4j.exception.AcmeNetworkException;
import org.shredzone.acme4j.exception.AcmeProtocolException;
import org.shredzone.acme4j.exception.AcmeRateLimitedException;
import org.shredzone.acme4j.exception.AcmeServerException;
import org.shredzone.acme4j.toolbox.JSON.Value;

/**
 * A call of acme4j whose failures, checked and unchecked, become one {@link AuthorityException}.
 *
 * @param <T> what the authority answers
 */
@FunctionalInterface
public interface AcmeCall<T> {
    T run() throws AcmeException;

    /** Runs the call; the clock turns a rate limit's instant into a wait. */
    static <T> T ask(InstantSource clock, AcmeCall<T> call) throws AuthorityException {
        try {
            return call.run();
        } catch (AcmeException e) {
            throw translated(e, clock.instant());
        } catch (AcmeLazyLoadingException e) {
            throw e.getCause() instanceof AcmeException cause
                    ? translated(cause, clock.instant())
                    : protocol(e);
        } catch (AcmeProtocolException | IllegalArgumentException e) {
            // acme4j lets java.net.URI's IllegalArgumentException through where a server sends a
            // problem type or a location that is no URI; here a peer causes it, so it is a value.
            throw protocol(e);
        }
    }

    private static AuthorityException translated(AcmeException e, Instant now) {
        return switch (e) {
            case AcmeRateLimitedException limited ->
                    of(
                            Kind.RATE_LIMITED,
                            limited.getProblem(),
                            limited.getRetryAfter().map(at -> Duration.between(now, at)));
            case AcmeServerException refused ->
                    of(kind(refused.getProblem()), refused.getProblem(), Optional.empty());
            case AcmeNetworkException network ->
                    new AuthorityException(
                            Kind.UNREACHABLE,
                            "unreachable",
                            String.valueOf(network.getCause()),
                            Optional.empty());
            // Without a problem document: a proxy's 502, a directory without nonces, and the like.
            default ->
                    new AuthorityException(
                            Kind.UNREACHABLE,
                            "no-acme-answer",
                            String.valueOf(e.getMessage()),
                            Optional.empty());
        };
    }

    /** The failure that a problem document states (RFC 8555 §6.7). */
    static AuthorityException of(Kind kind, Problem problem, Optional<Duration> retryAfter) {
        try {
            return new AuthorityException(
                    kind, problem.getType().toString(), problem.toString(), retryAfter);
        } catch (AcmeProtocolException | IllegalArgumentException e) {
            return protocol(e);
        }
    }

    private static Kind kind(Problem problem) {
        URI type = problem.getType();
        int status = problem.asJSON().get("status").map(Value::asInt).orElse(0);
        if (type.toString().endsWith(":accountDoesNotExist") || status == 404) {
            return Kind.GONE;
        }
        boolean internal = type.toString().endsWith(":serverInternal") || status >= 500;
        return internal ? Kind.UNREACHABLE : Kind.REFUSED;
    }

    private static AuthorityException protocol(RuntimeException e) {
        return new AuthorityException(
                Kind.PROTOCOL, "protocol", String.valueOf(e.getMessage()), Optional.empty());
    }
}
