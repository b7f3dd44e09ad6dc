package io.attestgate.collateral.http;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.x509.CertificateFiles;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What the certificates of services are held to, where that is not the runtime's own roots. */
public final class ServiceTls {
    private ServiceTls() {}

    /** Reads roots from PEM or DER: caches on one's own machines often sign for themselves. */
    public static Parsed<SSLContext> parse(String name, byte[] pemOrDer) {
        CertificateFiles files = new CertificateFiles();
        try {
            files.read(pemOrDer);
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
        return files.certificates().isEmpty()
                ? Parsed.bad(new Fault(name, "none", "certificates in PEM or DER"))
                : Parsed.good(context(files.certificates()));
    }

    private static SSLContext context(List<X509Certificate> roots) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < roots.size(); i++) {
                store.setCertificateEntry("root" + i, roots.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("every Java platform has PKIX and TLS", e);
        }
    }
}
