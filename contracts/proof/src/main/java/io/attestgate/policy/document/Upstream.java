package io.attestgate.policy.document;

import java.net.URI;

/**
 * Where requests go.
 *
 * @param url {@code http} or {@code https}, a host or an address, a port where the scheme's own is
 *     not meant; nothing else
 * @param weight its share among the upstreams of its route, 1 to 1000
 * @param tls how the connection is protected: {@link UpstreamTls.None} for http, else verified
 */
public record Upstream(URI url, int weight, UpstreamTls tls) {

    /** The port to connect to. */
    public int port() {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return url.getScheme().equals("https") ? 443 : 80;
    }
}
