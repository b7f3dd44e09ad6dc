package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Expiry;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.x509.CertificatePath;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import io.attestgate.wire.Hash32;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From a key's certificate to a pinned root, through whatever issuers are at hand.
 *
 * @param collateral issuers and revocation lists
 * @param roots SHA-256 of the certificates that it may end in
 * @param revocation what a missing list means
 */
record KeyChain(Collateral collateral, Set<Hash32> roots, Revocation revocation, Instant now) {
    /** A leaf, a root, and four between them: one more than any vendor of TPMs has. */
    private static final int CERTIFICATES_MAX = 6;

    /** Many certificates of one name must not make many paths. */
    private static final int PATHS_MAX = 32;

    /**
     * A path stands: signed, in its time, under a pinned root, and nothing in it is revoked.
     *
     * @param leaf the key's certificate
     * @param carried issuers that came with it
     */
    CertificatePath standing(X509Certificate leaf, List<X509Certificate> carried, Expiry expiry)
            throws RefusedException {
        List<CertificatePath> paths = new ArrayList<>();
        extend(new ArrayList<>(List.of(leaf)), carried, paths);
        List<Refusal> refusals = new ArrayList<>();
        for (CertificatePath path : paths) {
            Optional<Refusal> refusal = refusal(path);
            if (refusal.isEmpty()) {
                expire(path, expiry);
                return path;
            }
            refusals.add(refusal.get());
        }
        throw new RefusedException(
                refusals.stream()
                        .max(Comparator.comparing(Refusal::check))
                        .orElseGet(() -> noIssuer(leaf)));
    }

    private void extend(
            List<X509Certificate> path,
            List<X509Certificate> carried,
            List<CertificatePath> paths) {
        X509Certificate last = path.getLast();
        List<X509Certificate> issuers =
                path.size() < CERTIFICATES_MAX && !isEnd(last)
                        ? collateral.issuersOf(last, carried)
                        : List.of();
        if (issuers.isEmpty() && path.size() > 1) {
            paths.add(new CertificatePath(path));
        }
        for (X509Certificate issuer : issuers) {
            if (paths.size() < PATHS_MAX && !path.contains(issuer)) {
                path.add(issuer);
                extend(path, carried, paths);
                path.removeLast();
            }
        }
    }

    private boolean isEnd(X509Certificate certificate) {
        return roots.contains(Certificates.sha256(certificate))
                || certificate
                        .getSubjectX500Principal()
                        .equals(certificate.getIssuerX500Principal());
    }

    private Optional<Refusal> refusal(CertificatePath path) {
        Optional<Refusal> refusal = path.refusal(roots, collateral.links(), now);
        for (int i = 0; refusal.isEmpty() && i < path.certificates().size() - 1; i++) {
            refusal = revoked(path.certificates().get(i), path.certificates().get(i + 1));
        }
        return refusal;
    }

    private Optional<Refusal> revoked(X509Certificate certificate, X509Certificate issuer) {
        Optional<Crl> crl = collateral.crl(issuer, now);
        if (crl.isPresent()) {
            return crl.get().refusal(issuer, certificate, now);
        }
        return revocation == Revocation.IF_PRESENT
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Check.COLLATERAL,
                                "no revocation list of " + Certificates.name(issuer),
                                "one in the collateral, or a policy that says if-present",
                                "RFC 5280 §6.3"));
    }

    private void expire(CertificatePath path, Expiry expiry) {
        expiry.at(path.expiry());
        path.certificates().stream()
                .skip(1)
                .flatMap(issuer -> collateral.crl(issuer, now).stream())
                .forEach(crl -> expiry.at(crl.nextUpdate()));
    }

    private static Refusal noIssuer(X509Certificate leaf) {
        return new Refusal(
                Check.COLLATERAL,
                "no certificate of " + Certificates.name(leaf.getIssuerX500Principal()),
                "one with the evidence or in the collateral",
                "RFC 5280 §6.1");
    }
}
