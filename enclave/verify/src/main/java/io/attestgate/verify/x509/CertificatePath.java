package io.attestgate.verify.x509;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Hash32;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Certificates from a leaf to a root, each issued by the next.
 *
 * <p>The root is trusted for its exact bytes, which the reader pins; nothing in it is verified
 * again. Above the leaf every certificate must be an authority for certificates (RFC 5280 §4.2.1.3,
 * §4.2.1.9); the leaf must be none.
 *
 * @param certificates leaf first, root last; at least two
 */
public record CertificatePath(List<X509Certificate> certificates) {
    private static final String CLAUSE = "RFC 5280 §6.1";
    private static final int KEY_CERT_SIGN = 5;

    public CertificatePath {
        certificates = List.copyOf(certificates);
        if (certificates.size() < 2) {
            throw new IllegalArgumentException(
                    "certificates: %d (expected: a leaf and a root at least)"
                            .formatted(certificates.size()));
        }
    }

    public X509Certificate leaf() {
        return certificates.getFirst();
    }

    /** Who issued the leaf. */
    public X509Certificate issuer() {
        return certificates.get(1);
    }

    /** SHA-256 of the root's bytes, as readers pin it. */
    public Hash32 rootHash() {
        return Certificates.sha256(root());
    }

    public X509Certificate root() {
        return certificates.getLast();
    }

    /** The first instant at which one of them has ended. */
    public Instant expiry() {
        return certificates.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /**
     * Why this path does not stand; empty if it does.
     *
     * @param roots SHA-256 of the certificates that it may end in
     * @param links what verified before
     */
    public Optional<Refusal> refusal(Set<Hash32> roots, Links links, Instant now) {
        return unsigned(roots, links).or(() -> validity(now));
    }

    /** Why it is not signed up to one of those roots, at whatever time; empty if it is. */
    public Optional<Refusal> unsigned(Set<Hash32> roots, Links links) {
        return root(roots).or(() -> links(links));
    }

    private Optional<Refusal> root(Set<Hash32> roots) {
        Hash32 root = rootHash();
        return roots.contains(root)
                ? Optional.empty()
                : refused(Check.ROOT, root.toString(), "a root that the reader pinned: " + roots);
    }

    private Optional<Refusal> links(Links links) {
        for (int i = 0; i < certificates.size(); i++) {
            X509Certificate certificate = certificates.get(i);
            boolean last = i == certificates.size() - 1;
            if (!last && !links.isIssuedBy(certificate, certificates.get(i + 1))) {
                return refused(
                        Check.CERTIFICATE,
                        Certificates.name(certificate),
                        "signed by " + Certificates.name(certificates.get(i + 1)));
            }
            if (certificate.hasUnsupportedCriticalExtension()
                    || isAuthority(certificate) != i > 0
                    || (i > 0 && certificate.getBasicConstraints() < i - 1)) {
                return refused(
                        Check.CERTIFICATE,
                        Certificates.name(certificate),
                        i == 0 ? "no authority" : "an authority for what is below it");
            }
        }
        return Optional.empty();
    }

    private static boolean isAuthority(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && usage != null && usage[KEY_CERT_SIGN];
    }

    private Optional<Refusal> validity(Instant now) {
        for (X509Certificate certificate : certificates) {
            if (now.isBefore(certificate.getNotBefore().toInstant())) {
                return refused(
                        Check.NOT_YET_VALID,
                        found(certificate, "from", certificate.getNotBefore().toInstant()),
                        "one that holds at " + now);
            }
            if (now.isAfter(certificate.getNotAfter().toInstant())) {
                return refused(
                        Check.EXPIRED,
                        found(certificate, "until", certificate.getNotAfter().toInstant()),
                        "one that holds at " + now);
            }
        }
        return Optional.empty();
    }

    private static String found(X509Certificate certificate, String word, Instant instant) {
        return "%s, %s %s".formatted(Certificates.name(certificate), word, instant);
    }

    private static Optional<Refusal> refused(Check check, String found, String expected) {
        return Optional.of(new Refusal(check, found, expected, CLAUSE));
    }
}
