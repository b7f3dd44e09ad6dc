package io.attestgate.proxy.route;

import io.attestgate.policy.document.Upstream;
import io.attestgate.policy.document.UpstreamTls;

/**
 * Where connections of one kind go: two upstreams that agree in all of it share their connections.
 *
 * <p>A key of maps that every request looks into, so it knows its hash.
 */
public final class UpstreamTarget {
    private final String host;
    private final int port;
    private final UpstreamTls tls;
    private final int hash;

    private UpstreamTarget(String host, int port, UpstreamTls tls) {
        this.host = host;
        this.port = port;
        this.tls = tls;
        this.hash = 31 * (31 * host.hashCode() + port) + tls.hashCode();
    }

    /** Where {@code upstream} is. */
    public static UpstreamTarget of(Upstream upstream) {
        return new UpstreamTarget(upstream.url().getHost(), upstream.port(), upstream.tls());
    }

    /** A name or an address, as the document writes it. */
    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    public UpstreamTls tls() {
        return tls;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof UpstreamTarget target
                        && host.equals(target.host)
                        && port == target.port
                        && tls.equals(target.tls));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
