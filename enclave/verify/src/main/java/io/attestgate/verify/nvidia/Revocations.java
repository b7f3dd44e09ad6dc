package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.nvidia.OcspStatement.Status;
import io.attestgate.verify.x509.Certificates;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether an issuer still stands by a certificate, as OCSP answers say (RFC 6960 §3.2).
 *
 * <p>An answer speaks of the time from {@code thisUpdate} to {@code nextUpdate}; outside of it, it
 * proves nothing, with one exception: who was revoked for good by now is revoked, whenever that was
 * said, by whoever could say it then. Of several that hold now the newest counts.
 */
final class Revocations {
    private static final String CLAUSE = "RFC 6960 §3.2";

    /**
     * About one certificate: two months of daily answers. Of more none is left out, since it might
     * be the one that revokes: they are refused.
     */
    private static final int STATEMENTS_MAX = 64;

    private final Question question;
    private final X509Certificate certificate;
    private final X509Certificate issuer;

    /** An answer's word, if somebody who may said it; else why not. */
    private record Heard(OcspStatement statement, Optional<Refusal> unsigned) {}

    private Revocations(Question question, X509Certificate certificate, X509Certificate issuer) {
        this.question = question;
        this.certificate = certificate;
        this.issuer = issuer;
    }

    /**
     * Refuses a certificate that is revoked, or for which the answer is missing that the reader
     * requires.
     *
     * @return whether it is on hold, which the caller judges
     */
    static boolean isOnHold(Question question, X509Certificate certificate, X509Certificate issuer)
            throws RefusedException {
        return new Revocations(question, certificate, issuer).judge();
    }

    private boolean judge() throws RefusedException {
        List<Heard> all = heard();
        List<OcspStatement> signed =
                all.stream().filter(one -> one.unsigned().isEmpty()).map(Heard::statement).toList();
        for (OcspStatement statement : signed) {
            RefusedException.unless(
                    statement.status() != Status.REVOKED
                            || (statement.revokedAt().isAfter(question.now())
                                    && !statement.holdsAt(question.now())),
                    Check.REVOKED,
                    name() + ", at " + statement.revokedAt(),
                    "a certificate that its issuer has not revoked",
                    CLAUSE);
        }
        Optional<OcspStatement> current =
                signed.stream()
                        .filter(one -> one.holdsAt(question.now()))
                        .max(
                                Comparator.comparing(OcspStatement::thisUpdate)
                                        .thenComparing(OcspStatement::status));
        if (current.isEmpty()) {
            missing(all);
            return false;
        }
        return isOnHold(current.get());
    }

    private boolean isOnHold(OcspStatement current) throws RefusedException {
        RefusedException.unless(
                current.status() != Status.UNKNOWN,
                Check.COLLATERAL,
                name() + ", unknown to its responder",
                "a certificate that it knows",
                CLAUSE);
        question.expiry().at(current.nextUpdate());
        return current.status() == Status.HOLD;
    }

    private List<Heard> heard() throws RefusedException {
        List<Heard> all = new ArrayList<>();
        for (OcspAnswer answer : question.collateral().answers()) {
            for (OcspStatement one : answer.about(certificate, issuer)) {
                RefusedException.unless(
                        all.size() < STATEMENTS_MAX,
                        Check.COLLATERAL,
                        "more OCSP answers about " + name(),
                        "at most " + STATEMENTS_MAX,
                        CLAUSE);
                all.add(new Heard(one, unsigned(answer, one)));
            }
        }
        return all;
    }

    /** Its responder must be one now, or for what proves nothing now, when it spoke. */
    private Optional<Refusal> unsigned(OcspAnswer answer, OcspStatement statement) {
        Optional<Refusal> now =
                answer.unsigned(issuer, question.collateral().links(), question.now());
        boolean elsewhen =
                statement.status() == Status.REVOKED || !statement.holdsAt(question.now());
        return now.isPresent() && elsewhen
                ? answer.unsigned(issuer, question.collateral().links(), statement.thisUpdate())
                : now;
    }

    /** Nothing that is said holds now. */
    private void missing(List<Heard> all) throws RefusedException {
        for (Heard one : all) {
            RefusedException.ifPresent(one.unsigned());
        }
        if (question.accepted().ocsp() == Revocation.IF_PRESENT) {
            return;
        }
        Optional<OcspStatement> last =
                all.stream()
                        .map(Heard::statement)
                        .max(Comparator.comparing(OcspStatement::nextUpdate));
        if (last.isEmpty()) {
            throw new RefusedException(
                    Check.COLLATERAL,
                    "no OCSP answer about " + name(),
                    "one in the collateral, or a policy that says if-present",
                    CLAUSE);
        }
        boolean future = question.now().isBefore(last.get().thisUpdate());
        throw new RefusedException(
                future ? Check.NOT_YET_VALID : Check.EXPIRED,
                "OCSP answer about %s, from %s until %s"
                        .formatted(name(), last.get().thisUpdate(), last.get().nextUpdate()),
                "one that holds at " + question.now(),
                CLAUSE);
    }

    private String name() {
        return "%s, serial %s"
                .formatted(
                        Certificates.name(certificate), certificate.getSerialNumber().toString(16));
    }
}
