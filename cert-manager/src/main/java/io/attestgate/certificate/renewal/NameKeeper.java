package io.attestgate.certificate.renewal;

import io.attestgate.certificate.account.SealedStateException;
import io.attestgate.certificate.key.AttestedKey;
import io.attestgate.certificate.key.Certificates.Keys;
import io.attestgate.certificate.key.CheckedChain;
import io.attestgate.certificate.key.KeyEvidence.KeyEvidenceException;
import io.attestgate.certificate.key.ServingCertificate;
import io.attestgate.certificate.renewal.NameStatus.Failure;
import io.attestgate.certificate.renewal.NameStatus.Phase;
import io.attestgate.certificate.renewal.NameStatus.Served;
import io.attestgate.certificate.renewal.Wanted.Demand;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one name in a certificate: does what is due, says when it is to be called again.
 *
 * <p>One call at a time, from a thread that may block. What others read is published in whole: the
 * keys in {@link io.attestgate.certificate.key.Certificates}, the status as one record.
 */
final class NameKeeper {
    /** How soon to try for newer evidence while the older still speaks. */
    private static final Duration EVIDENCE_RETRY = Duration.ofMinutes(5);

    private final Hostname name;
    private final KeeperParts parts;
    private final Outcomes outcomes;
    private final KeyKeeper keys;
    private final OrderKeeper orders;

    private @Nullable SealedName state;
    private Optional<Current> current = Optional.empty();
    private Optional<AttestedKey> next = Optional.empty();
    private Optional<String> notUsed = Optional.empty();
    private Optional<Failure> trouble = Optional.empty();
    private int troubles;
    private volatile NameStatus status;

    /** What is served, from which sealed certificate, until when it should be. */
    private record Current(StoredCertificate stored, ServingCertificate serving, Instant renewAt) {}

    NameKeeper(Hostname name, KeeperParts parts, Outcomes outcomes, Semaphore permits) {
        this.name = name;
        this.parts = parts;
        this.outcomes = outcomes;
        this.keys = new KeyKeeper(parts.evidence(), parts.random());
        this.orders = new OrderKeeper(name, parts, outcomes, permits);
        this.status =
                new NameStatus(
                        name.value(),
                        Phase.PREPARING,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(parts.clock().instant()));
    }

    /** Does what is due and returns when something will be. */
    Instant work(Demand demand) {
        Instant now = parts.clock().instant();
        if (demand.isEnded(now)) {
            orders.suspend();
            return now.plus(OrderKeeper.STALE_WAIT);
        }
        Instant due;
        try {
            due = step(demand, now);
            troubles = 0;
        } catch (SealedStateException e) {
            // What is on disk now may be what we wanted to write, or what was there before.
            state = null;
            orders.suspend();
            due = troubled(Outcome.SEALED_STATE_FAILED, "sealed-state", e.getMessage(), now);
        } catch (KeyEvidenceException e) {
            due = troubled(Outcome.EVIDENCE_FAILED, "key-evidence", e.getMessage(), now);
        }
        publish();
        show(due, now);
        return due;
    }

    /** The name is wanted no more: nothing of it is served; what is sealed stays sealed. */
    void retire() {
        orders.suspend();
        parts.certificates().remove(name);
    }

    NameStatus status() {
        return status;
    }

    private Instant step(Demand demand, Instant now)
            throws SealedStateException, KeyEvidenceException {
        SealedName sealed = opened();
        trouble = Optional.empty();
        notUsed = Optional.empty();
        recallAccounts(demand);
        keepCurrent(sealed, demand, now);
        // The key of the certificate that just came is current now and next no more.
        next = next.filter(key -> sealed.next().filter(key::isOf).isPresent());
        publish();
        if (demand.terms().isEmpty()) {
            orders.suspend();
            return evidenceDue(now);
        }
        next = Optional.of(keys.attested(keys.next(sealed), next, sealed, now));
        publish();
        Instant due = orderedOrDue(sealed, demand.terms().get(), demand, now);
        if (sealed.next().isEmpty()) {
            // An order came to its certificate: put it in place, then make the key after it.
            return step(demand, parts.clock().instant());
        }
        return earliest(due, evidenceDue(now));
    }

    /** Claims name our accounts also in a life that has nothing to order. */
    private void recallAccounts(Demand demand) throws SealedStateException {
        for (URI authority : demand.terms().map(CertificateTerms::authorities).orElse(List.of())) {
            parts.accounts().recall(authority);
        }
    }

    private Instant orderedOrDue(
            SealedName sealed, CertificateTerms terms, Demand demand, Instant now)
            throws SealedStateException {
        Instant due = current.map(Current::renewAt).orElse(now);
        if (sealed.order().isEmpty() && now.isBefore(due)) {
            return due;
        }
        return orders.work(sealed, terms, next.orElseThrow(), demand, now);
    }

    private SealedName opened() throws SealedStateException {
        SealedName opened = state;
        if (opened == null) {
            opened = SealedName.read(name, parts.states().apply(name));
            state = opened;
        }
        return opened;
    }

    /** Takes the sealed certificate into use, if every check that it passed once passes again. */
    private void keepCurrent(SealedName sealed, Demand demand, Instant now)
            throws SealedStateException, KeyEvidenceException {
        Optional<StoredCertificate> stored = sealed.certificate();
        if (stored.isEmpty() || !allowed(stored.get(), demand)) {
            current = Optional.empty();
            return;
        }
        AttestedKey key =
                keys.attested(
                        sealed.certificateKey().orElseThrow(),
                        current.map(c -> c.serving().key()).or(() -> next),
                        sealed,
                        now);
        switch (CheckedChain.of(stored.get().chain(), key.key(), now)) {
            case Parsed.Good<CheckedChain> good ->
                    current = Optional.of(inUse(stored.get(), good.value(), key, demand));
            case Parsed.Bad<CheckedChain> bad -> {
                current = Optional.empty();
                notUsed = Optional.of(bad.faults().getFirst().toString());
            }
        }
    }

    private boolean allowed(StoredCertificate stored, Demand demand) {
        boolean allowed =
                demand.terms()
                        .map(terms -> terms.authorities().contains(stored.authority()))
                        .orElse(true);
        if (!allowed) {
            notUsed = Optional.of("the policy no longer allows " + stored.authority());
        }
        return allowed;
    }

    private Current inUse(
            StoredCertificate stored, CheckedChain chain, AttestedKey key, Demand demand) {
        Optional<Current> same =
                current.filter(c -> c.stored().equals(stored) && c.serving().key() == key);
        ServingCertificate serving =
                same.map(Current::serving)
                        .orElseGet(() -> ServingCertificate.of(chain, key, stored.authority()));
        Instant renewAt =
                current.filter(c -> c.stored().equals(stored))
                        .map(Current::renewAt)
                        .orElseGet(
                                () -> Renewal.at(chain, stored.storedAt(), demand, parts.random()));
        return new Current(stored, serving, renewAt);
    }

    /** When newer evidence is due; soon, if it is overdue since none could be made just now. */
    private Instant evidenceDue(Instant now) {
        Instant nextDue = next.map(AttestedKey::evidenceDue).orElse(Instant.MAX);
        Instant due =
                current.map(c -> earliest(c.serving().key().evidenceDue(), nextDue))
                        .orElse(nextDue);
        return due.isAfter(now) ? due : now.plus(EVIDENCE_RETRY);
    }

    private Instant troubled(Outcome outcome, String type, @Nullable String detail, Instant now) {
        outcomes.count(outcome);
        troubles++;
        trouble =
                Optional.of(
                        new Failure(now, Optional.empty(), type, String.valueOf(detail), troubles));
        return now.plus(Backoff.OF_REACH.after(troubles, parts.random()));
    }

    private void publish() {
        parts.certificates().put(name, new Keys(current.map(Current::serving), next));
    }

    private void show(Instant due, Instant now) {
        SealedName sealed = state;
        Attempts attempts = sealed == null ? Attempts.NONE : sealed.attempts();
        Optional<Current> good = current.filter(c -> c.serving().isGoodAt(now));
        boolean ordering = sealed != null && sealed.order().isPresent();
        Phase idle = good.isPresent() ? Phase.SERVING : Phase.FAILING;
        Phase busy = good.isPresent() ? Phase.RENEWING : Phase.ORDERING;
        status =
                new NameStatus(
                        name.value(),
                        ordering ? busy : idle,
                        good.map(NameKeeper::served),
                        notUsed,
                        next.map(AttestedKey::spkiSha256),
                        trouble.or(
                                () -> attempts.last().map(e -> failure(e.getKey(), e.getValue()))),
                        due.equals(Instant.MAX) ? Optional.empty() : Optional.of(due));
    }

    private static Served served(Current current) {
        ServingCertificate serving = current.serving();
        return new Served(
                serving.spkiSha256(),
                serving.authority(),
                serving.notBefore(),
                serving.notAfter(),
                current.renewAt());
    }

    private static Failure failure(URI authority, Attempts.Failed failed) {
        return new Failure(
                failed.at(),
                Optional.of(authority),
                failed.type(),
                failed.detail(),
                failed.count());
    }

    private static Instant earliest(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
