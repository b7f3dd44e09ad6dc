package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.MalformedException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says of one certificate (RFC 6960 §4.2.1, SingleResponse).
 *
 * @param about hashes of the issuer's name and key, and the certificate's serial number
 * @param revokedAt when it was, or put on hold; the end of time if it was not
 * @param thisUpdate from when this is known to be right
 * @param nextUpdate when there will be newer information; the beginning of time if nobody says
 */
record OcspStatement(
        CertificateID about,
        Status status,
        Instant revokedAt,
        Instant thisUpdate,
        Instant nextUpdate) {
    private static final DigestCalculatorProvider DIGESTS = digests();

    /** What became of the certificate; of two that are said at once the later here counts. */
    enum Status {
        GOOD,
        /** For now (RFC 5280 §5.3.1, certificateHold). */
        HOLD,
        /** The responder does not know it. */
        UNKNOWN,
        /** For good. */
        REVOKED
    }

    static OcspStatement read(SingleResp one) throws MalformedException {
        if (!one.getCriticalExtensionOIDs().isEmpty()) {
            throw new MalformedException("ocsp", "a critical extension", "none that is unknown");
        }
        CertificateStatus status = one.getCertStatus();
        Date next = one.getNextUpdate();
        return new OcspStatement(
                one.getCertID(),
                status(status),
                status instanceof RevokedStatus revoked
                        ? revoked.getRevocationTime().toInstant()
                        : Instant.MAX,
                one.getThisUpdate().toInstant(),
                next == null ? Instant.EPOCH : next.toInstant());
    }

    private static Status status(@Nullable CertificateStatus status) {
        if (status == null) {
            return Status.GOOD; // The library's CertificateStatus.GOOD.
        }
        if (!(status instanceof RevokedStatus revoked)) {
            return Status.UNKNOWN;
        }
        return revoked.hasRevocationReason()
                        && revoked.getRevocationReason() == CRLReason.certificateHold
                ? Status.HOLD
                : Status.REVOKED;
    }

    boolean isAbout(X509Certificate certificate, X509Certificate issuer) {
        try {
            return about.getSerialNumber().equals(certificate.getSerialNumber())
                    && about.matchesIssuer(new JcaX509CertificateHolder(issuer), DIGESTS);
        } catch (OCSPException e) {
            return false; // A hash that nobody knows.
        } catch (CertificateEncodingException e) {
            throw new AssertionError("it was read from DER", e);
        }
    }

    /** Whether it speaks of that instant. */
    boolean holdsAt(Instant now) {
        return !now.isBefore(thisUpdate) && now.isBefore(nextUpdate);
    }

    private static DigestCalculatorProvider digests() {
        try {
            return new JcaDigestCalculatorProviderBuilder().build();
        } catch (OperatorCreationException e) {
            throw new AssertionError("every Java platform has digests", e);
        }
    }
}
