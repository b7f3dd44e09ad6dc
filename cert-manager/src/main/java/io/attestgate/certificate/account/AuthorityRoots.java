package io.attestgate.certificate.account;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The roots under which an authority's own TLS certificate must stand.
 *
 * <p>They are trust, so there is no default: either the measured bootstrap file lists them, or it
 * says that the Java platform's list will do.
 */
public final class AuthorityRoots {
    private static final int PEM_CHARS_MAX = 1 << 20;

    private final SSLContext context;

    private AuthorityRoots(SSLContext context) {
        this.context = context;
    }

    /** These certificates, in PEM, and no others; empty text or one that is none is refused. */
    public static AuthorityRoots ofPem(String pem) throws CertificateException {
        if (pem.length() > PEM_CHARS_MAX) {
            throw new CertificateException(
                    "roots: %d characters (expected: at most %d)"
                            .formatted(pem.length(), PEM_CHARS_MAX));
        }
        Collection<? extends Certificate> roots =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        if (roots.isEmpty()) {
            throw new CertificateException("roots: none (expected: certificates in PEM)");
        }
        return new AuthorityRoots(trusting(storeOf(List.copyOf(roots))));
    }

    /** The list that the Java platform brings along. */
    public static AuthorityRoots ofThePlatform() {
        return new AuthorityRoots(trusting(null));
    }

    SSLContext context() {
        return context;
    }

    private static KeyStore storeOf(List<Certificate> roots) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < roots.size(); i++) {
                store.setCertificateEntry("root-" + i, roots.get(i));
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("every Java platform has PKCS12 stores in memory", e);
        }
    }

    private static SSLContext trusting(@Nullable KeyStore roots) {
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has TLS and its default trust", e);
        }
    }
}
