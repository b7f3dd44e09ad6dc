package io.attestgate.proxy.bootstrap;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * How the gateway meets the certificate authorities. Which ones it may use is the contract's word.
 *
 * @param contact {@code mailto:} addresses that an authority may write to; may be empty (RFC 8555
 *     §7.1.2)
 * @param roots what the TLS certificates of the authorities' directories must lead to
 */
public record AcmeSettings(List<URI> contact, List<X509Certificate> roots) {
    public AcmeSettings {
        contact = List.copyOf(contact);
        roots = List.copyOf(roots);
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("roots: none (expected: at least one)");
        }
    }
}
