package io.attestgate.verify.dcap;

import io.attestgate.verify.x509.Certificates;
import java.security.cert.X509Certificate;

/** The common name of a certificate's subject, by which Intel tells its roles apart. */
final class CommonName {
    static final String ROOT = "Intel SGX Root CA";
    static final String PCK = "Intel SGX PCK Certificate";
    static final String TCB_SIGNING = "Intel SGX TCB Signing";

    private CommonName() {}

    /** Whether the subject has exactly that common name. */
    static boolean is(X509Certificate certificate, String commonName) {
        return Certificates.hasCommonName(certificate, commonName);
    }
}
