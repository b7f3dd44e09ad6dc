package io.attestgate.client.connect;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * The addresses of a name: loopback for {@code localhost} and all below it, since these never go to
 * the DNS (RFC 6761 §6.3, which Java does not follow), the system's resolver for all others.
 *
 * <p>Blocks while the resolver works.
 */
final class NameResolution {
    private static final byte[] LOOPBACK_V4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_V6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private NameResolution() {}

    static List<InetAddress> resolve(String host) throws UnknownHostException {
        if (host.equals("localhost") || host.endsWith(".localhost")) {
            return List.of(
                    InetAddress.getByAddress(host, LOOPBACK_V4),
                    InetAddress.getByAddress(host, LOOPBACK_V6));
        }
        return List.of(InetAddress.getAllByName(host));
    }
}
