package io.attestgate.certificate.renewal;

import io.attestgate.certificate.account.AuthorityException;
import io.attestgate.certificate.account.SealedStateException;
import io.attestgate.certificate.key.AttestedKey;
import io.attestgate.certificate.key.CheckedChain;
import io.attestgate.certificate.order.AcmeOrder;
import io.attestgate.certificate.order.ChallengeType;
import io.attestgate.certificate.order.OrderStep;
import io.attestgate.certificate.renewal.Wanted.Demand;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The orders of one name, one at a time: places one where it may, takes it forward, seals what it
 * comes to.
 *
 * <p>Authorities are asked in the document's order; one that failed is left alone for its time, and
 * the next one is asked meanwhile.
 */
final class OrderKeeper {
    /** An order that has come to nothing by then is given up, and another authority may try. */
    static final Duration ORDER_AGE_MAX = Duration.ofMinutes(30);

    /** How soon to ask again for a place among the orders that run at one time. */
    private static final Duration PERMIT_WAIT = Duration.ofSeconds(1);

    /** How soon to see whether a stale policy has become fresh. */
    static final Duration STALE_WAIT = Duration.ofSeconds(10);

    private final Hostname name;
    private final KeeperParts parts;
    private final Outcomes outcomes;
    private final Semaphore permits;

    private @Nullable AcmeOrder running;
    private List<ChallengeType> preferred = List.of();
    private Instant nextStep = Instant.MIN;
    private boolean holdsPermit;

    OrderKeeper(Hostname name, KeeperParts parts, Outcomes outcomes, Semaphore permits) {
        this.name = name;
        this.parts = parts;
        this.outcomes = outcomes;
        this.permits = permits;
    }

    /**
     * Takes the running order a step forward, or places one, and returns when the next step is due.
     * Where the policy is too old for orders, one that was placed before rests as well: it would
     * end in a new certificate.
     */
    Instant work(
            SealedName sealed, CertificateTerms terms, AttestedKey key, Demand demand, Instant now)
            throws SealedStateException {
        if (!now.isBefore(demand.ordersUntil())) {
            suspend();
            return now.plus(STALE_WAIT);
        }
        Optional<PlacedOrder> placed = sealed.order();
        if (placed.isPresent()) {
            return forward(sealed, terms, key, placed.get(), now);
        }
        for (URI authority : terms.authorities()) {
            if (!now.isBefore(sealed.attempts().notBefore(authority))) {
                return place(sealed, terms, key, authority, now);
            }
        }
        return terms.authorities().stream()
                .map(sealed.attempts()::notBefore)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /**
     * Lets go of the running order, here and not at the authority; it is taken up again by need.
     */
    void suspend() {
        running = null;
        nextStep = Instant.MIN;
        parts.challenges().withdraw(name);
        if (holdsPermit) {
            holdsPermit = false;
            permits.release();
        }
    }

    private Instant place(
            SealedName sealed, CertificateTerms terms, AttestedKey key, URI authority, Instant now)
            throws SealedStateException {
        if (!holdsPermit && !permits.tryAcquire()) {
            return now.plus(PERMIT_WAIT);
        }
        holdsPermit = true;
        try {
            AcmeOrder order =
                    AcmeOrder.place(parts.accounts().login(authority), name, parts.clock());
            outcomes.count(Outcome.ORDER_PLACED);
            PlacedOrder placed =
                    new PlacedOrder(authority, order.location(), key.spkiSha256(), now);
            sealed.sealOrder(placed);
            begin(order, sealed, terms, authority);
            return forward(sealed, terms, key, placed, now);
        } catch (AuthorityException e) {
            return refused(sealed, terms, authority, e);
        }
    }

    private void begin(AcmeOrder order, SealedName sealed, CertificateTerms terms, URI authority) {
        running = order;
        preferred = terms.challengesAfter(sealed.attempts().failures(authority));
    }

    private Instant forward(
            SealedName sealed,
            CertificateTerms terms,
            AttestedKey key,
            PlacedOrder placed,
            Instant now)
            throws SealedStateException {
        URI authority = placed.authority();
        if (!terms.authorities().contains(authority) || !placed.spki().equals(key.spkiSha256())) {
            suspend();
            sealed.sealFailure(sealed.attempts().at(terms.authorities()));
            return now;
        }
        if (now.isAfter(placed.placedAt().plus(ORDER_AGE_MAX))) {
            return failed(
                    sealed, terms, authority, "order-too-old", "not done in " + ORDER_AGE_MAX);
        }
        // Called earlier than it asked for, by a change of policy: the authority's wait stands.
        Instant allowed = later(nextStep, sealed.attempts().notBefore(authority));
        if (now.isBefore(allowed)) {
            return allowed;
        }
        try {
            AcmeOrder order = running;
            if (order == null) {
                holdsPermit |= permits.tryAcquire();
                order =
                        AcmeOrder.resume(
                                parts.accounts().login(authority),
                                placed.location(),
                                parts.clock());
                outcomes.count(Outcome.ORDER_RESUMED);
                begin(order, sealed, terms, authority);
            }
            return taken(
                    order.advance(name, preferred, key.key().csr(), parts.challenges()),
                    sealed,
                    terms,
                    key,
                    authority);
        } catch (AuthorityException e) {
            return refused(sealed, terms, authority, e);
        }
    }

    private Instant taken(
            OrderStep step,
            SealedName sealed,
            CertificateTerms terms,
            AttestedKey key,
            URI authority)
            throws SealedStateException {
        Instant now = parts.clock().instant();
        return switch (step) {
            case OrderStep.Waiting waiting -> {
                nextStep = now.plus(waiting.delay());
                yield nextStep;
            }
            case OrderStep.Failed failed -> {
                outcomes.count(Outcome.ORDER_FAILED);
                yield failed(sealed, terms, authority, failed.type(), failed.detail());
            }
            case OrderStep.Issued issued -> issued(issued.chain(), sealed, terms, key, authority);
        };
    }

    private Instant issued(
            List<X509Certificate> chain,
            SealedName sealed,
            CertificateTerms terms,
            AttestedKey key,
            URI authority)
            throws SealedStateException {
        Instant now = parts.clock().instant();
        return switch (CheckedChain.of(chain, key.key(), now)) {
            case Parsed.Bad<CheckedChain> bad -> {
                outcomes.count(Outcome.CERTIFICATE_REFUSED);
                yield failed(
                        sealed,
                        terms,
                        authority,
                        "certificate-refused",
                        bad.faults().getFirst().toString());
            }
            case Parsed.Good<CheckedChain> good -> {
                sealed.sealCertificate(
                        new StoredCertificate(
                                authority, key.spkiSha256(), now, good.value().certificates()));
                outcomes.count(Outcome.ISSUED);
                suspend();
                yield now;
            }
        };
    }

    /** The authority refused a request, or gave no answer. */
    private Instant refused(
            SealedName sealed, CertificateTerms terms, URI authority, AuthorityException e)
            throws SealedStateException {
        outcomes.count(
                switch (e.kind()) {
                    case UNREACHABLE -> Outcome.AUTHORITY_UNREACHABLE;
                    case RATE_LIMITED -> Outcome.RATE_LIMITED;
                    case GONE, REFUSED, PROTOCOL -> Outcome.ORDER_FAILED;
                });
        if (e.isNoAccount()) {
            parts.accounts().forget(authority);
        }
        Backoff backoff =
                switch (e.kind()) {
                    case UNREACHABLE, GONE -> Backoff.OF_REACH;
                    case RATE_LIMITED, REFUSED, PROTOCOL -> Backoff.OF_JUDGEMENT;
                };
        Attempts after = after(sealed, terms, authority, backoff, e);
        if (e.kind() == AuthorityException.Kind.UNREACHABLE) {
            sealed.remember(after); // A restart may look at once whether it is back.
        } else if (e.leavesTheOrder() && sealed.order().isPresent()) {
            sealed.sealAttempts(after);
        } else {
            sealed.sealFailure(after);
        }
        if (sealed.order().isEmpty()) {
            suspend();
        }
        return next(sealed, terms, authority);
    }

    private Instant failed(
            SealedName sealed, CertificateTerms terms, URI authority, String type, String detail)
            throws SealedStateException {
        AuthorityException judgement =
                new AuthorityException(
                        AuthorityException.Kind.REFUSED, type, detail, Optional.empty());
        sealed.sealFailure(after(sealed, terms, authority, Backoff.OF_JUDGEMENT, judgement));
        suspend();
        return next(sealed, terms, authority);
    }

    private Attempts after(
            SealedName sealed,
            CertificateTerms terms,
            URI authority,
            Backoff backoff,
            AuthorityException e) {
        Instant now = parts.clock().instant();
        int failures = sealed.attempts().failures(authority) + 1;
        Duration ours = backoff.after(failures, parts.random());
        Duration asked = e.retryAfter().orElse(Duration.ZERO);
        Instant notBefore = now.plus(ours.compareTo(asked) > 0 ? ours : asked);
        return sealed.attempts()
                .at(terms.authorities())
                .with(
                        authority,
                        new Attempts.Failed(failures, now, notBefore, e.type(), e.detail()));
    }

    /** An order that still runs waits for its authority; without one, any authority will do. */
    private static Instant next(SealedName sealed, CertificateTerms terms, URI authority) {
        if (sealed.order().isPresent()) {
            return sealed.attempts().notBefore(authority);
        }
        return terms.authorities().stream()
                .map(sealed.attempts()::notBefore)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
