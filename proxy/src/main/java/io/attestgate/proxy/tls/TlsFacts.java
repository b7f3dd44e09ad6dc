package io.attestgate.proxy.tls;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;

/**
 * What the handshake of one connection settled.
 *
 * @param serverName the name in the ClientHello, which the certificate was chosen by
 * @param spkiSha256 of the key that the handshake was signed with
 * @param version {@code TLSv1.2} or {@code TLSv1.3}
 * @param protocol of ALPN; {@code http/1.1} where the client offered none
 */
public record TlsFacts(Hostname serverName, Hash32 spkiSha256, String version, String protocol) {}
