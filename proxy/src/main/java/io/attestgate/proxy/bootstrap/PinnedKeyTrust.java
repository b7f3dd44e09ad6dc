package io.attestgate.proxy.bootstrap;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server whose key is one of the pinned, whatever its certificate says.
 *
 * <p>A pinned key is the endpoint: its host name and its certificate's dates add nothing, and are
 * not asked. It extends the class that makes the runtime leave the host name to it.
 */
final class PinnedKeyTrust extends X509ExtendedTrustManager {
    private final List<Hash32> pins;

    PinnedKeyTrust(List<Hash32> pins) {
        this.pins = List.copyOf(pins);
    }

    private void require(X509Certificate[] chain) throws CertificateException {
        Hash32 spki = Hash32.of(Digests.sha256(chain[0].getPublicKey().getEncoded()));
        if (!pins.contains(spki)) {
            throw new CertificateException(
                    "key of the endpoint: %s (expected: one that is pinned)".formatted(spki));
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        require(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        require(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw clients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw clients();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw clients();
    }

    private static CertificateException clients() {
        return new CertificateException("client: any (expected: none)");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
