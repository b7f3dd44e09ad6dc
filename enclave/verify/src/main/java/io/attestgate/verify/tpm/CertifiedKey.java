package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.x509.Certificates;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate says its key is for (RFC 5280 §4.2.1.3, §4.2.1.12). Below a vendor's root are
 * certificates of keys of several kinds, of which only one may vouch for a quote: the others' keys
 * sign or decrypt what their owner likes.
 *
 * <p>It is said in one of two ways: by the TCG's purpose, as Microsoft and the makers of chips do;
 * or by Google, whose certificates have no purpose (of some the EK's), by its own extension that
 * names the machine, and by what the key may be used for and nothing beyond that.
 */
final class CertifiedKey {
    /** {@code tcg-kp-AIKCertificate}: keys that sign quotes. */
    private static final String ATTESTATION = "2.23.133.8.3";

    /** {@code tcg-kp-EKCertificate}. */
    private static final String ENDORSEMENT = "2.23.133.8.1";

    /** Google's: project, zone, and the machine whose TPM it is. */
    private static final String GOOGLE_INSTANCE = "1.3.6.1.4.1.11129.2.1.21";

    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_ENCIPHERMENT = 2;
    private static final int KEY_AGREEMENT = 4;

    private CertifiedKey() {}

    /** A key that signs quotes, and not an EK or a server's. */
    static void attesting(X509Certificate certificate) throws RefusedException {
        require(
                certificate,
                uses(certificate, DIGITAL_SIGNATURE)
                        && (purposes(certificate).contains(ATTESTATION)
                                || (isGoogles(certificate) && !encrypts(certificate))),
                "digitalSignature and the purpose tcg-kp-AIKCertificate; of Google's, its machine"
                        + " and digitalSignature alone");
    }

    /** An EK: to be encrypted to, or agreed with. */
    static void endorsing(X509Certificate certificate) throws RefusedException {
        require(
                certificate,
                encrypts(certificate)
                        && (purposes(certificate).contains(ENDORSEMENT)
                                || (isGoogles(certificate)
                                        && !uses(certificate, DIGITAL_SIGNATURE))),
                "keyEncipherment or keyAgreement and the purpose tcg-kp-EKCertificate; of"
                        + " Google's, its machine and no digitalSignature");
    }

    /** Without a purpose, or with the EK's, which it has in older ones. */
    private static boolean isGoogles(X509Certificate certificate) {
        return certificate.getExtensionValue(GOOGLE_INSTANCE) != null
                && Set.of(ENDORSEMENT).containsAll(purposes(certificate));
    }

    private static boolean encrypts(X509Certificate certificate) {
        return uses(certificate, KEY_ENCIPHERMENT) || uses(certificate, KEY_AGREEMENT);
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

    /** Those that it states; one that cannot be read is one that nobody knows. */
    private static List<String> purposes(X509Certificate certificate) {
        try {
            List<String> stated = certificate.getExtendedKeyUsage();
            return stated == null ? List.of() : stated;
        } catch (CertificateParsingException e) {
            return List.of("unreadable");
        }
    }
}
