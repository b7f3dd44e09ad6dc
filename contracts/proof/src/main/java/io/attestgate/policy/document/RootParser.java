package io.attestgate.policy.document;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the chain of an upstream's certificate may end in. */
final class RootParser {
    private static final String WEB_PKI = "web-pki";

    /** One certificate in the strict form of RFC 7468 §3: lines of 64, nothing around them. */
    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN CERTIFICATE-----\n"
                            + "((?:[A-Za-z0-9+/]{64}\n)*+[A-Za-z0-9+/=]{4,64}\n)"
                            + "-----END CERTIFICATE-----\n?");

    private static final int PEM_CHARS_MAX = 8192;

    private RootParser() {}

    static Optional<UpstreamTls.Root> read(Node node) {
        return node.parsed("\"web-pki\" or one certificate in PEM", RootParser::root);
    }

    private static Optional<UpstreamTls.Root> root(String text) {
        return text.equals(WEB_PKI)
                ? Optional.of(new UpstreamTls.Root.WebPki())
                : certificate(text).map(UpstreamTls.Root.Certificate::new);
    }

    private static Optional<X509Certificate> certificate(String pem) {
        Matcher form = PEM.matcher(pem);
        if (pem.length() > PEM_CHARS_MAX || !form.matches()) {
            return Optional.empty();
        }
        try {
            byte[] der = Base64.getDecoder().decode(form.group(1).replace("\n", ""));
            return whole(der);
        } catch (IllegalArgumentException e) { // The padding is wrong.
            return Optional.empty();
        }
    }

    private static Optional<X509Certificate> whole(byte[] der) {
        try {
            X509Certificate certificate =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(der));
            return Arrays.equals(certificate.getEncoded(), der)
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
