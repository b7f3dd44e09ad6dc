package io.attestgate.proxy.bootstrap;

import io.attestgate.wire.Hash32;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * One endpoint of the chain: of JSON-RPC, or of the Beacon API.
 *
 * @param url {@code https}, or {@code http} where the trust needs no key; without user info and
 *     fragment
 * @param pins SHA-256 of the SPKIs, one of which the endpoint's key must have; empty if {@code
 *     roots} are given, or for {@code http}
 * @param roots the roots its certificate must lead to; empty if {@code pins} are given, or for
 *     {@code http}
 */
public record RpcEndpoint(URI url, List<Hash32> pins, List<X509Certificate> roots) {
    public RpcEndpoint {
        pins = List.copyOf(pins);
        roots = List.copyOf(roots);
        boolean isPlain = "http".equals(url.getScheme());
        if (isPlain ? !pins.isEmpty() || !roots.isEmpty() : pins.isEmpty() == roots.isEmpty()) {
            throw new IllegalArgumentException(
                    "endpoint: %s (expected: pins or roots with https, neither with http)"
                            .formatted(url));
        }
    }

    /** Whether anybody on the way may read and change what passes. */
    public boolean isPlain() {
        return "http".equals(url.getScheme());
    }
}
