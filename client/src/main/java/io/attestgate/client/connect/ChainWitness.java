package io.attestgate.client.connect;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every chain through the handshake and notes what the reader's roots say of it.
 *
 * <p>In pinned mode a connection rests on evidence for its key, so a chain that no root stands for
 * must be seen and reported, not hidden behind a failed handshake. Nothing else of this project may
 * use this class: a connection made with it is not authenticated until the verdict is in. That the
 * other end holds the leaf's private key is TLS's own proof (RFC 8446 §4.4.3) and is not weakened.
 *
 * <p>One per connection, on its thread.
 */
final class ChainWitness extends X509ExtendedTrustManager {
    private final Optional<Roots> roots;
    private final Instant now;
    private WebPki verdict = new WebPki.NotAsked();

    ChainWitness(Optional<Roots> roots, Instant now) {
        this.roots = roots;
        this.now = now;
    }

    /** What the roots said, after the handshake. */
    WebPki verdict() {
        return verdict;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        roots.ifPresent(asked -> verdict = judge(asked, chain, authType, socket));
    }

    private WebPki judge(Roots asked, X509Certificate[] chain, String authType, Socket socket) {
        try {
            // Compares the host as well, because the socket asks for HTTPS identification.
            pkix(asked).checkServerTrusted(chain, authType, socket);
            return new WebPki.Accepted(asked.name());
        } catch (CertificateException e) {
            return new WebPki.Refused(asked.name(), String.valueOf(e.getMessage()));
        }
    }

    private X509ExtendedTrustManager pkix(Roots asked) {
        try {
            PKIXBuilderParameters parameters =
                    new PKIXBuilderParameters(asked.anchors(), new X509CertSelector());
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has PKIX", e);
        }
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("this client uses sockets");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("this client uses sockets");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        throw new UnsupportedOperationException("this client is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        throw new UnsupportedOperationException("this client is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        throw new UnsupportedOperationException("this client is no server");
    }
}
