package io.attestgate.verify.testpki;

import io.attestgate.verify.testpki.P384Authority.Added;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * An authority that answers about the certificates it issued, by a responder that it named.
 *
 * @param issuer whose certificates are asked about
 * @param responder who signs the answers
 */
public record NvidiaOcsp(P384Authority issuer, P384Authority responder) {
    private static final String PURPOSES = "2.5.29.37";

    /** A responder that the authority named for it. */
    public static NvidiaOcsp of(P384Authority issuer, Validity validity) {
        return of(issuer, validity, KeyPurposeId.id_kp_OCSPSigning);
    }

    /** A responder that the authority named for that purpose. */
    public static NvidiaOcsp of(P384Authority issuer, Validity validity, KeyPurposeId purpose) {
        return new NvidiaOcsp(
                issuer,
                issuer.issue(
                        NvidiaPki.signer("NVIDIA OCSP Responder", validity),
                        new Added(PURPOSES, true, new ExtendedKeyUsage(purpose))));
    }

    public byte[] good(X509Certificate certificate, Validity validity) {
        return answer(certificate, CertificateStatus.GOOD, validity);
    }

    public byte[] unknown(X509Certificate certificate, Validity validity) {
        return answer(certificate, new UnknownStatus(), validity);
    }

    /** For good, since {@code at}. */
    public byte[] revoked(X509Certificate certificate, Validity validity, Instant at) {
        return answer(
                certificate, new RevokedStatus(Date.from(at), CRLReason.keyCompromise), validity);
    }

    /** For now, since {@code at}. */
    public byte[] onHold(X509Certificate certificate, Validity validity, Instant at) {
        return answer(
                certificate, new RevokedStatus(Date.from(at), CRLReason.certificateHold), validity);
    }

    private byte[] answer(
            X509Certificate certificate, CertificateStatus status, Validity validity) {
        try {
            DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
            CertificateID about =
                    new CertificateID(
                            digests.get(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384)),
                            new JcaX509CertificateHolder(issuer.certificate()),
                            certificate.getSerialNumber());
            BasicOCSPRespBuilder builder =
                    new BasicOCSPRespBuilder(
                            new RespID(
                                    SubjectPublicKeyInfo.getInstance(
                                            responder.certificate().getPublicKey().getEncoded()),
                                    digests.get(CertificateID.HASH_SHA1)));
            builder.addResponse(
                    about, status, Date.from(validity.from()), Date.from(validity.until()));
            return new OCSPRespBuilder()
                    .build(
                            OCSPResp.SUCCESSFUL,
                            builder.build(
                                    P384Authority.signer(responder.keys()),
                                    new X509CertificateHolder[] {
                                        new JcaX509CertificateHolder(responder.certificate())
                                    },
                                    Date.from(validity.from())))
                    .getEncoded();
        } catch (OperatorCreationException
                | OCSPException
                | IOException
                | CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }
}
