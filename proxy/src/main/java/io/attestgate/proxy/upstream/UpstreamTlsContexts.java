package io.attestgate.proxy.upstream;

import io.attestgate.policy.document.UpstreamTls.Root;
import io.attestgate.policy.document.UpstreamTls.Verified;
import io.attestgate.proxy.route.UpstreamTarget;
import io.attestgate.wire.Hostname;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS towards upstreams: the chain must end in a root of the policy's, the name must be in it. */
final class UpstreamTlsContexts {
    private final ConcurrentMap<List<Root>, SslContext> contexts = new ConcurrentHashMap<>();

    /** The handler of one new connection. */
    SslHandler handler(Verified tls, UpstreamTarget target, ByteBufAllocator allocator)
            throws SSLException {
        SslContext known = contexts.get(tls.roots());
        if (known == null) {
            // Two loops may both make it; the contexts are alike, and collected.
            known = build(tls.roots());
            contexts.put(tls.roots(), known);
        }
        String name = tls.serverName().map(Hostname::value).orElse(target.host());
        return known.newHandler(allocator, name, target.port());
    }

    private static SslContext build(List<Root> roots) throws SSLException {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(SslProvider.OPENSSL)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .endpointIdentificationAlgorithm("HTTPS")
                    .trustManager(trust(roots))
                    .build();
        } catch (GeneralSecurityException | IOException unusable) {
            throw new SSLException("roots: cannot be used (expected: certificates)", unusable);
        }
    }

    private static TrustManager trust(List<Root> roots)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (Root root : roots) {
            switch (root) {
                case Root.WebPki webPki -> {
                    for (X509Certificate each : trustManager(null).getAcceptedIssuers()) {
                        store.setCertificateEntry("root" + count++, each);
                    }
                }
                case Root.Certificate(X509Certificate certificate) ->
                        store.setCertificateEntry("root" + count++, certificate);
            }
        }
        return trustManager(store);
    }

    private static X509TrustManager trustManager(@Nullable KeyStore store)
            throws GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("trust manager: none for X.509 (expected: one)");
    }
}
