package io.attestgate.proxy.bootstrap;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Root certificates as they stand in the file: PEM text (RFC 7468), one after the other.
 *
 * <p>They stand in the file itself, since a path would name bytes that the measurement does not
 * cover.
 */
final class RootCertificates {
    static final String RULE = "PEM text of one or more CA certificates (key: | and the PEM below)";

    private static final Pattern PEM =
            Pattern.compile(
                    "\\s*+-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]++)"
                            + "-----END CERTIFICATE-----");

    private RootCertificates() {}

    /** Reads them; empty if the text is anything else, or a certificate is no CA's. */
    static Optional<List<X509Certificate>> parse(String text) {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher matcher = PEM.matcher(text);
        int end = 0;
        while (matcher.region(end, text.length()).lookingAt()) {
            Optional<X509Certificate> certificate = certificate(matcher.group(1));
            if (certificate.isEmpty() || certificate.get().getBasicConstraints() < 0) {
                return Optional.empty();
            }
            certificates.add(certificate.get());
            end = matcher.end();
        }
        return certificates.isEmpty() || !text.substring(end).isBlank()
                ? Optional.empty()
                : Optional.of(certificates);
    }

    private static Optional<X509Certificate> certificate(String base64) {
        try {
            byte[] der = Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            return Optional.of(
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        } catch (IllegalArgumentException | CertificateException e) {
            return Optional.empty();
        }
    }
}
