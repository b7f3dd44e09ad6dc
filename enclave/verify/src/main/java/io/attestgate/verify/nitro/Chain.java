package io.attestgate.verify.nitro;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import io.attestgate.verify.x509.P384;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;

/**
 * From the key that signed a document to Amazon's root, at the instant of the document: its
 * certificate holds for three hours, and the document is judged for as long as the reader's policy
 * lets it.
 */
record Chain(NitroEvidence evidence, Question question) {
    private static final String CLAUSE = "NSM attestation process, 3.2.3";
    private static final String ECDSA_SHA384 = "1.2.840.10045.4.3.3";

    /** The subject of Amazon's roots for Nitro, as its manuals print it. */
    private static final String ROOT_NAME = "aws.nitro-enclaves";

    private static final int DIGITAL_SIGNATURE = 0;

    /** It stood when the document was made, under a pinned root, and no list names it now. */
    void judge() throws RefusedException {
        Instant made = evidence.document().timestamp();
        root();
        RefusedException.ifPresent(
                evidence.path()
                        .refusal(question.policy().roots(), question.collateral().links(), made));
        algorithms();
        signer();
        for (int i = 0; i + 1 < evidence.path().certificates().size(); i++) {
            notRevoked(
                    evidence.path().certificates().get(i),
                    evidence.path().certificates().get(i + 1));
        }
        expire();
    }

    /** A policy pins roots of other kinds, too: theirs vouch for no document. */
    private void root() throws RefusedException {
        RefusedException.unless(
                Certificates.hasCommonName(evidence.path().root(), ROOT_NAME),
                Check.ROOT,
                Certificates.name(evidence.path().root()),
                "a root of the name " + ROOT_NAME,
                "Nitro Enclaves User Guide, verifying the root of trust");
    }

    private void algorithms() throws RefusedException {
        for (X509Certificate certificate : evidence.path().certificates()) {
            RefusedException.unless(
                    P384.isP384(certificate.getPublicKey())
                            && certificate.getSigAlgOID().equals(ECDSA_SHA384),
                    Check.CERTIFICATE,
                    "%s, a key of %s, signed by %s"
                            .formatted(
                                    Certificates.name(certificate),
                                    certificate.getPublicKey().getAlgorithm(),
                                    certificate.getSigAlgName()),
                    "a key on P-384, signed with ECDSA and SHA-384",
                    CLAUSE);
        }
    }

    private void signer() throws RefusedException {
        X509Certificate leaf = evidence.path().leaf();
        boolean[] usage = leaf.getKeyUsage();
        RefusedException.unless(
                leaf.getBasicConstraints() < 0 && usage != null && usage[DIGITAL_SIGNATURE],
                Check.CERTIFICATE,
                Certificates.name(leaf),
                "no authority, with a key for digital signatures",
                "NSM attestation process, 3.2.3.3");
    }

    /** Required is required of every link: what has no list is covered by nothing. */
    private void notRevoked(X509Certificate certificate, X509Certificate issuer)
            throws RefusedException {
        Optional<Crl> crl = Crl.newest(question.collateral().crls(), issuer, question.now());
        if (crl.isEmpty()) {
            RefusedException.unless(
                    question.accepted().revocation() == Revocation.IF_PRESENT,
                    Check.COLLATERAL,
                    "no revocation list of " + Certificates.name(issuer),
                    "one in the collateral, or a policy that says if-present",
                    "RFC 5280 §6.3");
            return;
        }
        RefusedException.ifPresent(crl.get().refusal(issuer, certificate, question.now()));
        question.expiry().at(crl.get().nextUpdate());
    }

    /**
     * Certificates that have ended since say nothing more: the document's age is what bounds it.
     */
    private void expire() {
        for (X509Certificate certificate : evidence.path().certificates()) {
            Instant end = certificate.getNotAfter().toInstant();
            if (end.isAfter(question.now())) {
                question.expiry().at(end);
            }
        }
    }
}
