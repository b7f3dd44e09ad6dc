package io.attestgate.certificate.order;

import io.attestgate.certificate.account.AcmeCall;
import io.attestgate.certificate.account.AuthorityException;
import io.attestgate.wire.Hostname;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shredzone.acme4j.Authorization;
import org.shredzone.acme4j.Certificate;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Order;
import org.shredzone.acme4j.Problem;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.challenge.Challenge;
import org.shredzone.acme4j.challenge.Http01Challenge;
import org.shredzone.acme4j.challenge.TlsAlpn01Challenge;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * One order at an authority (RFC 8555 §7.4), taken forward a step at a time by its one owner.
 *
 * <p>All that must outlive a crash is its location: a new object bound to it finds in the
 * authority's own state what has been done and what comes next. So no step is skipped and none but
 * the placing is harmful when repeated.
 */
public final class AcmeOrder {
    private static final int AUTHORIZATIONS_MAX = 4;

    /** Longer than any authority's URLs, and short enough to be sealed and shown. */
    private static final int LOCATION_CHARS_MAX = 512;

    private final Order order;
    private final URI location;
    private final InstantSource clock;
    private final PollPace pace = new PollPace();
    private final Set<URI> answered = new HashSet<>();

    private AcmeOrder(Order order, InstantSource clock) {
        this.order = order;
        this.location = URI.create(order.getLocation().toString());
        this.clock = clock;
        if (location.toString().length() > LOCATION_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "order location: %d characters (expected: at most %d)"
                            .formatted(location.toString().length(), LOCATION_CHARS_MAX));
        }
    }

    /** Places a new order: one request, after which the authority counts it. */
    public static AcmeOrder place(Login login, Hostname name, InstantSource clock)
            throws AuthorityException {
        return AcmeCall.ask(
                clock, () -> new AcmeOrder(login.newOrder().domain(name.value()).create(), clock));
    }

    /** Binds to an order that was placed before. Sends nothing yet. */
    public static AcmeOrder resume(Login login, URI location, InstantSource clock)
            throws AuthorityException {
        return AcmeCall.ask(
                clock,
                () -> {
                    try {
                        return new AcmeOrder(login.bindOrder(location.toURL()), clock);
                    } catch (MalformedURLException e) {
                        throw new IllegalArgumentException("order: " + location, e);
                    }
                });
    }

    /** Where the order lives, which names it for ever. */
    public URI location() {
        return location;
    }

    /**
     * Looks at the order and does the one thing that is next.
     *
     * @param csr the signing request, DER; the same one in every step of this order
     */
    public OrderStep advance(
            Hostname name, List<ChallengeType> preferred, byte[] csr, ChallengeAnswers answers)
            throws AuthorityException {
        return AcmeCall.ask(
                clock,
                () -> {
                    Optional<Instant> retryAfter = order.fetch();
                    return switch (order.getStatus()) {
                        case PENDING -> answerChallenges(name, preferred, answers);
                        case READY -> {
                            order.execute(csr);
                            yield new OrderStep.Waiting(pace.next(Optional.empty()));
                        }
                        case PROCESSING -> new OrderStep.Waiting(pace.next(wait(retryAfter)));
                        case VALID -> download();
                        case INVALID, EXPIRED, REVOKED, DEACTIVATED, CANCELED -> failed();
                        case UNKNOWN ->
                                throw new IllegalArgumentException(
                                        "order status: unknown (expected: RFC 8555 §7.1.6)");
                    };
                });
    }

    private OrderStep answerChallenges(
            Hostname name, List<ChallengeType> preferred, ChallengeAnswers answers)
            throws AcmeException {
        Optional<Instant> retryAfter = Optional.empty();
        for (Authorization authorization : bounded(order.getAuthorizations())) {
            retryAfter = authorization.fetch();
            if (authorization.getStatus() == Status.PENDING) {
                Optional<Challenge> challenge = firstOffered(authorization, preferred);
                if (challenge.isEmpty()) {
                    return new OrderStep.Failed(
                            "no-challenge",
                            "the authority offers none of %s for %s".formatted(preferred, name));
                }
                answer(name, challenge.get(), answers);
            }
        }
        return new OrderStep.Waiting(pace.next(wait(retryAfter)));
    }

    private static Optional<Challenge> firstOffered(
            Authorization authorization, List<ChallengeType> preferred) {
        List<Challenge> offered = authorization.getChallenges();
        // One that is being judged already, since before a restart, comes before our preference.
        Optional<Challenge> running =
                offered.stream().filter(c -> c.getStatus() == Status.PROCESSING).findFirst();
        return running.or(
                () ->
                        preferred.stream()
                                .flatMap(type -> offered.stream().filter(c -> isOf(type, c)))
                                .findFirst());
    }

    private static boolean isOf(ChallengeType type, Challenge challenge) {
        return challenge.getType().equals(type.toString());
    }

    private void answer(Hostname name, Challenge challenge, ChallengeAnswers answers)
            throws AcmeException {
        if (!answered.add(URI.create(challenge.getLocation().toString()))) {
            return;
        }
        switch (challenge) {
            case TlsAlpn01Challenge alpn -> answers.answerAlpn(name, alpn.getAcmeValidation());
            case Http01Challenge http ->
                    answers.answerHttp(name, http.getToken(), http.getAuthorization());
            default ->
                    throw new IllegalArgumentException(
                            "challenge in progress: %s (expected: one that we began)"
                                    .formatted(challenge.getType()));
        }
        if (challenge.getStatus() == Status.PENDING) {
            challenge.trigger();
        }
    }

    private OrderStep download() throws AcmeException {
        Certificate certificate = order.getCertificate();
        certificate.download();
        return new OrderStep.Issued(certificate.getCertificateChain());
    }

    /** The reason is in the failed challenge; in the order itself only from some authorities. */
    private OrderStep failed() throws AcmeException {
        Optional<Problem> problem = challengeProblem().or(order::getError);
        return new OrderStep.Failed(
                problem.map(p -> p.getType().toString()).orElse("order-not-valid"),
                problem.map(Problem::toString).orElse("the authority gives no reason"));
    }

    private Optional<Problem> challengeProblem() throws AcmeException {
        for (Authorization authorization : bounded(order.getAuthorizations())) {
            authorization.fetch();
            for (Challenge challenge : authorization.getChallenges()) {
                if (challenge.getError().isPresent()) {
                    return challenge.getError();
                }
            }
        }
        return Optional.empty();
    }

    private static List<Authorization> bounded(List<Authorization> authorizations) {
        if (authorizations.size() > AUTHORIZATIONS_MAX) {
            throw new IllegalArgumentException(
                    "authorizations: %d (expected: one for each name)"
                            .formatted(authorizations.size()));
        }
        return authorizations;
    }

    private Optional<Duration> wait(Optional<Instant> retryAfter) {
        Instant now = clock.instant();
        return retryAfter.map(at -> Duration.between(now, at));
    }
}
