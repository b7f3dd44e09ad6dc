package io.attestgate.verify.dcap;

import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** The common name of a certificate's subject, by which Intel tells its roles apart. */
final class CommonName {
    static final String PCK = "Intel SGX PCK Certificate";
    static final String TCB_SIGNING = "Intel SGX TCB Signing";

    private CommonName() {}

    /** Whether the subject has exactly that common name. */
    static boolean is(X509Certificate certificate, String commonName) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .anyMatch(
                                    rdn ->
                                            rdn.getType().equalsIgnoreCase("CN")
                                                    && commonName.equals(rdn.getValue()));
        } catch (InvalidNameException e) {
            return false;
        }
    }
}
