package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.accept.Transport;
import io.attestgate.proxy.http.HttpLimits;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * What the listeners are given before they open.
 *
 * @param https where TLS is spoken
 * @param http where HTTP-01 is answered and everything else sent to https; empty for nowhere
 * @param publicHttpsPort that redirects name: of the port forwarding in front, or that of {@code
 *     https}; 0 to take the one that was bound
 * @param threads event loops
 * @param connectionsMax of clients, at a time and listener
 * @param handshakeMax from a connection's first byte to its last of the handshake
 * @param limits of each connection
 */
public record GatewayOptions(
        InetSocketAddress https,
        Optional<InetSocketAddress> http,
        int publicHttpsPort,
        Transport transport,
        int threads,
        int connectionsMax,
        Duration handshakeMax,
        HttpLimits limits) {
    static final int CONNECTIONS_MAX = 65_536;
    static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

    /** The usual ones, on the machine's processors. */
    public static GatewayOptions of(InetSocketAddress https, Optional<InetSocketAddress> http) {
        return new GatewayOptions(
                https,
                http,
                0,
                Transport.available(),
                Runtime.getRuntime().availableProcessors(),
                CONNECTIONS_MAX,
                HANDSHAKE_MAX,
                HttpLimits.DEFAULT);
    }

    /** With other limits. */
    public GatewayOptions withLimits(HttpLimits others) {
        return new GatewayOptions(
                https,
                http,
                publicHttpsPort,
                transport,
                threads,
                connectionsMax,
                handshakeMax,
                others);
    }
}
