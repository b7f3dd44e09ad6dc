package io.attestgate.client.connect;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate authorities that a reader trusts for names.
 *
 * @param name whose they are, for the verdict
 * @param anchors at least one
 */
public record Roots(String name, Set<TrustAnchor> anchors) {
    public Roots {
        anchors = Set.copyOf(anchors);
        if (anchors.isEmpty()) {
            throw new IllegalArgumentException("roots: none (expected: at least one)");
        }
    }

    /** The roots that this Java platform was installed with. */
    public static Roots system() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init((KeyStore) null);
            return new Roots(
                    "the system's roots",
                    Arrays.stream(factory.getTrustManagers())
                            .filter(X509TrustManager.class::isInstance)
                            .flatMap(
                                    m -> Arrays.stream(((X509TrustManager) m).getAcceptedIssuers()))
                            .map(Roots::anchor)
                            .collect(Collectors.toSet()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has PKIX and its own roots", e);
        }
    }

    /** Reads PEM certificates, one or more. */
    public static Parsed<Roots> parse(String name, byte[] pem) {
        try {
            Collection<? extends java.security.cert.Certificate> certificates =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem));
            Set<TrustAnchor> anchors = new HashSet<>();
            certificates.forEach(c -> anchors.add(anchor((X509Certificate) c)));
            return anchors.isEmpty()
                    ? Parsed.bad(new Fault(name, "none", "PEM certificates"))
                    : Parsed.good(new Roots(name, anchors));
        } catch (CertificateException e) {
            return Parsed.bad(new Fault(name, pem.length + " bytes", "PEM certificates"));
        }
    }

    private static TrustAnchor anchor(X509Certificate root) {
        return new TrustAnchor(root, null);
    }
}
