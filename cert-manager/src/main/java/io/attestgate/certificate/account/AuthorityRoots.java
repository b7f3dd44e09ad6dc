package io.attestgate.certificate.account;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The roots under which an authority's own TLS certificate must stand: those that the measured
 * bootstrap file lists, and never the Java platform's. They are trust, so there is no default.
 */
public final class AuthorityRoots {
    private final SSLContext context;

    private AuthorityRoots(SSLContext context) {
        this.context = context;
    }

    /** These certificates and no others; none at all is our bug. */
    public static AuthorityRoots of(List<X509Certificate> roots) {
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("roots: none (expected: at least one)");
        }
        try {
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store(roots));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return new AuthorityRoots(context);
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("every Java platform has TLS, and key stores in memory", e);
        }
    }

    SSLContext context() {
        return context;
    }

    private static KeyStore store(List<X509Certificate> roots)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < roots.size(); i++) {
            store.setCertificateEntry("root-" + i, roots.get(i));
        }
        return store;
    }
}
