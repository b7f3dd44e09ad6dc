package io.attestgate.proxy.respond;

import io.attestgate.proxy.tls.TlsFacts;
import io.attestgate.wire.Hostname;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A request for a path below {@code /.well-known/attestgate/}, without its body, which is ignored.
 *
 * @param host that the request names and TLS authenticated
 * @param path as received, without the query
 * @param query as received, without {@code ?}; empty if there is none
 * @param client who asks, for limits by client; it is written nowhere
 * @param connection what the handshake of this very connection settled
 */
public record LocalRequest(
        Hostname host,
        String method,
        String path,
        Optional<String> query,
        InetAddress client,
        TlsFacts connection) {}
