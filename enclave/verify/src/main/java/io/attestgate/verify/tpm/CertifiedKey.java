package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.x509.Certificates;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a certificate says its key is for (RFC 5280 §4.2.1.3, §4.2.1.12; TCG EK profile). */
final class CertifiedKey {
    /** Keys that sign quotes. */
    private static final String ATTESTATION = "2.23.133.8.3";

    /** EKs; a large provider has it in certificates of keys that sign quotes, too. */
    private static final String ENDORSEMENT = "2.23.133.8.1";

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private CertifiedKey() {}

    /**
     * A key that signs: its certificate must say so, so that no EK's is taken for one. Purposes
     * that are there must be the TCG's.
     */
    static void attesting(X509Certificate certificate) throws RefusedException {
        require(
                certificate,
                uses(certificate, DIGITAL_SIGNATURE)
                        && isFor(certificate, Set.of(ATTESTATION, ENDORSEMENT)),
                "digitalSignature; of extended usages the TCG's for AKs or EKs");
    }

    /** An EK: to be encrypted to, or agreed with. */
    static void endorsing(X509Certificate certificate) throws RefusedException {
        require(
                certificate,
                (uses(certificate, KEY_ENCIPHERMENT) || uses(certificate, KEY_AGREEMENT))
                        && isFor(certificate, Set.of(ENDORSEMENT)),
                "keyEncipherment or keyAgreement; of extended usages tcg-kp-EKCertificate");
    }

    private static void require(X509Certificate certificate, boolean holds, String expected)
            throws RefusedException {
        RefusedException.unless(
                holds,
                Check.CERTIFICATE,
                Certificates.name(certificate),
                expected,
                "TCG EK Credential Profile §3");
    }

    private static boolean uses(X509Certificate certificate, int usage) {
        boolean @Nullable [] usages = certificate.getKeyUsage();
        return usages != null && usages.length > usage && usages[usage];
    }

    private static boolean isFor(X509Certificate certificate, Set<String> purposes) {
        try {
            List<String> stated = certificate.getExtendedKeyUsage();
            return stated == null || stated.stream().anyMatch(purposes::contains);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
