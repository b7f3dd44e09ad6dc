package io.attestgate.verify.x509;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A certificate revocation list (RFC 5280 §5).
 *
 * <p>Remembers the key that it was last verified with, so that a list kept for many reports is
 * verified once. Any thread.
 */
public final class Crl {
    /** Intel's longest has 3 KiB; this leaves room for ten thousand revocations. */
    public static final int SIZE_BYTES_MAX = 512 * 1024;

    private static final String CLAUSE = "RFC 5280 §6.3";

    private static final int CRL_SIGN = 6;

    private final X509CRL crl;
    private volatile @Nullable PublicKey verifiedWith;

    private Crl(X509CRL crl) {
        this.crl = crl;
    }

    /** Reads one list in DER and nothing after it. */
    public static Parsed<Crl> parse(byte[] der) {
        if (der.length > SIZE_BYTES_MAX) {
            return bad(der.length + " bytes", "at most 512 KiB");
        }
        try {
            Der reader = Der.of(der);
            byte[] whole = reader.value(Der.SEQUENCE);
            reader.finish();
            return CertificateFactory.getInstance("X.509")
                                    .generateCRL(new ByteArrayInputStream(whole))
                            instanceof X509CRL crl
                    ? Parsed.good(new Crl(crl))
                    : bad("another type", "X.509");
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        } catch (CRLException | CertificateException | RuntimeException e) {
            return bad(der.length + " bytes", "an X.509 revocation list (RFC 5280 §5)");
        }
    }

    /** Whether that certificate is named as the list's issuer. */
    public boolean isOf(X509Certificate issuer) {
        return crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    }

    /** Whether the issuer that it names has exactly that common name. */
    public boolean isOf(String commonName) {
        return Certificates.hasCommonName(crl.getIssuerX500Principal(), commonName);
    }

    /** The newest of that issuer's which is of {@code now} or earlier; if none is, the oldest. */
    public static Optional<Crl> newest(List<Crl> crls, X509Certificate issuer, Instant now) {
        Comparator<Crl> byDate = Comparator.comparing(Crl::thisUpdate);
        List<Crl> of = crls.stream().filter(crl -> crl.isOf(issuer)).toList();
        return of.stream()
                .filter(crl -> !crl.thisUpdate().isAfter(now))
                .max(byDate)
                .or(() -> of.stream().min(byDate));
    }

    /** Why this list, of that issuer, does not clear a certificate; empty if it does. */
    public Optional<Refusal> refusal(
            X509Certificate issuer, X509Certificate certificate, Instant now) {
        return unsigned(issuer)
                .or(() -> scope(certificate))
                .or(() -> time(now))
                .or(() -> revocation(certificate));
    }

    /** Why it is no list that this issuer signed, of whatever time; empty if it is. */
    public Optional<Refusal> unsigned(X509Certificate issuer) {
        if (!isOf(issuer)
                || !maySign(issuer)
                || crl.hasUnsupportedCriticalExtension()
                || !isSignedBy(issuer)) {
            return Optional.of(
                    new Refusal(
                            Check.COLLATERAL,
                            "a revocation list of another",
                            "one signed by " + Certificates.name(issuer),
                            CLAUSE));
        }
        return Optional.empty();
    }

    /** RFC 5280 §6.3.3 (f). */
    private static boolean maySign(X509Certificate issuer) {
        boolean[] usage = issuer.getKeyUsage();
        return usage == null || usage[CRL_SIGN];
    }

    private Optional<Refusal> scope(X509Certificate certificate) {
        return CrlScope.covers(crl, certificate)
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Check.COLLATERAL,
                                "a revocation list of %s of changes, or of other certificates"
                                        .formatted(issuer()),
                                "a whole one that "
                                        + Certificates.name(certificate)
                                        + " would be on",
                                "RFC 5280 §6.3.3"));
    }

    private boolean isSignedBy(X509Certificate issuer) {
        PublicKey key = issuer.getPublicKey();
        if (key.equals(verifiedWith)) {
            return true;
        }
        try {
            crl.verify(key);
            verifiedWith = key;
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private Optional<Refusal> time(Instant now) {
        if (now.isBefore(thisUpdate())) {
            return refused(
                    Check.NOT_YET_VALID,
                    "revocation list of %s from %s".formatted(issuer(), thisUpdate()),
                    now);
        }
        if (!now.isBefore(nextUpdate())) {
            return refused(
                    Check.EXPIRED,
                    "revocation list of %s until %s".formatted(issuer(), nextUpdate()),
                    now);
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refused(Check check, String found, Instant now) {
        return Optional.of(new Refusal(check, found, "one that holds at " + now, CLAUSE));
    }

    private Optional<Refusal> revocation(X509Certificate certificate) {
        return crl.isRevoked(certificate)
                ? Optional.of(
                        new Refusal(
                                Check.REVOKED,
                                Certificates.name(certificate)
                                        + ", serial "
                                        + certificate.getSerialNumber().toString(16),
                                "a certificate that its issuer has not revoked",
                                CLAUSE))
                : Optional.empty();
    }

    public Instant thisUpdate() {
        return crl.getThisUpdate().toInstant();
    }

    /** When the next list is due; the beginning of time if the list does not say. */
    public Instant nextUpdate() {
        Date next = crl.getNextUpdate();
        return next == null ? Instant.EPOCH : next.toInstant();
    }

    /** The issuer as text, for messages. */
    public String issuer() {
        return Certificates.name(crl.getIssuerX500Principal());
    }

    private static <T> Parsed<T> bad(String found, String expected) {
        return Parsed.bad(new Fault("revocation list", found, expected));
    }
}
