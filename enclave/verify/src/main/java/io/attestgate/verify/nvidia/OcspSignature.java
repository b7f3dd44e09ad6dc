package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.CertificatePath;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Links;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.jspecify.annotations.Nullable;

/** The signature of an OCSP answer, and who may make one. */
final class OcspSignature {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    private static final int DIGITAL_SIGNATURE = 0;

    /** ECDSA with SHA-2 (RFC 5758 §3.2). */
    private static final Map<String, String> ALGORITHMS =
            Map.of(
                    "1.2.840.10045.4.3.2", "SHA256withECDSA",
                    "1.2.840.10045.4.3.3", "SHA384withECDSA",
                    "1.2.840.10045.4.3.4", "SHA512withECDSA");

    private final String algorithm;
    private final Octets signed;
    private final Octets signature;
    private volatile @Nullable PublicKey verifiedWith;

    private OcspSignature(String algorithm, Octets signed, Octets signature) {
        this.algorithm = algorithm;
        this.signed = signed;
        this.signature = signature;
    }

    static OcspSignature of(BasicOCSPResp answer) throws MalformedException {
        String oid = answer.getSignatureAlgOID().getId();
        String algorithm = ALGORITHMS.get(oid);
        if (algorithm == null) {
            throw new MalformedException("ocsp signature", oid, "ECDSA with SHA-2");
        }
        return new OcspSignature(
                algorithm,
                Octets.of(answer.getTBSResponseData()),
                Octets.of(answer.getSignature()));
    }

    /**
     * Whether that key signed the answer. The first that did is remembered, and no other counts:
     * every caller asks of keys that may answer alone.
     */
    boolean isBy(PublicKey key) {
        PublicKey remembered = verifiedWith;
        if (remembered != null) {
            return key.equals(remembered);
        }
        try {
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(signed.bytes());
            if (!verifier.verify(signature.bytes())) {
                return false;
            }
            verifiedWith = key;
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false; // Another kind of key, or a signature that is none.
        }
    }

    /**
     * Whether {@code issuer} named that responder: it issued the certificate itself, for this
     * purpose (RFC 6960 §4.2.2.2).
     */
    static boolean mayAnswer(
            X509Certificate responder, X509Certificate issuer, Links links, Instant at) {
        boolean[] usage = responder.getKeyUsage();
        return purposes(responder).contains(OCSP_SIGNING)
                && (usage == null || usage[DIGITAL_SIGNATURE])
                && new CertificatePath(List.of(responder, issuer))
                        .refusal(Set.of(Certificates.sha256(issuer)), links, at)
                        .isEmpty();
    }

    private static List<String> purposes(X509Certificate responder) {
        try {
            List<String> purposes = responder.getExtendedKeyUsage();
            return purposes == null ? List.of() : purposes;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
