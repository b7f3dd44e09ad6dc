package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.x509.CertificatePath;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Certificates and their revocation, as every signer of Intel's is judged. */
final class Signers {
    private static final String CLAUSE = "SGX PCK Certificate and CRL Specification, 1";

    private Signers() {}

    /** The path stands now, under a pinned root of Intel's, and nothing in it is revoked. */
    static void judge(CertificatePath path, Question question) throws RefusedException {
        root(path);
        RefusedException.ifPresent(
                path.refusal(
                        question.policy().roots(), question.collateral().links(), question.now()));
        question.expiry().at(path.expiry());
        List<X509Certificate> certificates = path.certificates();
        for (int i = certificates.size() - 2; i >= 0; i--) {
            notRevoked(certificates.get(i), certificates.get(i + 1), question);
        }
    }

    /** A policy pins roots of other kinds, too: theirs vouch for no platform of Intel's. */
    private static void root(CertificatePath path) throws RefusedException {
        RefusedException.unless(
                CommonName.is(path.root(), CommonName.ROOT),
                Check.ROOT,
                Certificates.name(path.root()),
                "a root of the name " + CommonName.ROOT,
                CLAUSE);
    }

    private static void notRevoked(
            X509Certificate certificate, X509Certificate issuer, Question question)
            throws RefusedException {
        Optional<Crl> crl = question.collateral().crl(issuer, question.now());
        if (crl.isEmpty()) {
            throw new RefusedException(
                    Check.COLLATERAL,
                    "no revocation list of " + Certificates.name(issuer),
                    "one in the collateral",
                    CLAUSE);
        }
        RefusedException.ifPresent(crl.get().refusal(issuer, certificate, question.now()));
        question.expiry().at(crl.get().nextUpdate());
    }

    /** A document is signed by Intel's certificate for TCB info, below that root, and holds now. */
    static <T extends Dated> void judge(
            String name, SignedDocument<T> document, X509Certificate root, Question question)
            throws RefusedException {
        List<X509Certificate> signing = question.collateral().named(CommonName.TCB_SIGNING);
        Optional<X509Certificate> signer =
                signing.stream().filter(c -> document.isSignedBy(c.getPublicKey())).findFirst();
        if (signer.isEmpty()) {
            throw new RefusedException(
                    Check.COLLATERAL,
                    name + ": signed by none of %d certificates".formatted(signing.size()),
                    "signed over its exact bytes by a certificate in the collateral of the name "
                            + CommonName.TCB_SIGNING,
                    "QVL 4.1.2.2, 4.1.2.3");
        }
        judge(
                new CertificatePath(List.of(newest(signer.get(), signing, question.now()), root)),
                question);
        dates(name, document.content(), question);
    }

    /**
     * Intel renews the certificate with the same key: of several the last to end counts, those of
     * the future only where there are no others.
     */
    private static X509Certificate newest(
            X509Certificate signer, List<X509Certificate> signing, Instant now) {
        Comparator<X509Certificate> begun =
                Comparator.comparing(one -> !now.isBefore(one.getNotBefore().toInstant()));
        return signing.stream()
                .filter(other -> other.getPublicKey().equals(signer.getPublicKey()))
                .max(begun.thenComparing(other -> other.getNotAfter().toInstant()))
                .orElse(signer);
    }

    private static void dates(String name, Dated dated, Question question) throws RefusedException {
        RefusedException.unless(
                !question.now().isBefore(dated.issueDate()),
                Check.NOT_YET_VALID,
                name + " of " + dated.issueDate(),
                "one that holds at " + question.now(),
                "Intel PCS API v4, issueDate");
        RefusedException.unless(
                question.now().isBefore(dated.nextUpdate()),
                Check.EXPIRED,
                name + " until " + dated.nextUpdate(),
                "one that holds at " + question.now(),
                "Intel PCS API v4, nextUpdate");
        question.expiry().at(dated.nextUpdate());
    }
}
