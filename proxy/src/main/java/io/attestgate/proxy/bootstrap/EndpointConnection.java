package io.attestgate.proxy.bootstrap;

import io.attestgate.policy.beacon.BeaconApi;
import io.attestgate.policy.rpc.JsonRpc;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Opens the way to an endpoint and holds its TLS to what the bootstrap file says: the key of a pin,
 * or a certificate for its host that leads to a root of the file. The runtime's own roots, which
 * the file does not measure, are never asked.
 */
public final class EndpointConnection {
    private EndpointConnection() {}

    /** Opens it, for the caller to close; nothing is sent yet. */
    public static JsonRpc open(RpcEndpoint endpoint) {
        return endpoint.isPlain()
                ? JsonRpc.open(endpoint.url())
                : JsonRpc.open(endpoint.url(), tls(endpoint));
    }

    /** Opens the way to a node of the consensus layer, for the caller to close. */
    public static BeaconApi openBeacon(RpcEndpoint endpoint) {
        return endpoint.isPlain()
                ? BeaconApi.open(endpoint.url())
                : BeaconApi.open(endpoint.url(), tls(endpoint));
    }

    private static SSLContext tls(RpcEndpoint endpoint) {
        try {
            TrustManager[] trust =
                    endpoint.pins().isEmpty()
                            ? rootTrust(endpoint.roots())
                            : new TrustManager[] {new PinnedKeyTrust(endpoint.pins())};
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError("a runtime without TLS", e);
        }
    }

    private static TrustManager[] rootTrust(List<X509Certificate> roots)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < roots.size(); i++) {
            store.setCertificateEntry("root-" + i, roots.get(i));
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
