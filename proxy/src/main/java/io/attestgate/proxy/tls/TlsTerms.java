package io.attestgate.proxy.tls;

import io.attestgate.wire.Hash32;
import java.util.List;

/**
 * What the policy says about the TLS of one name.
 *
 * @param documentHash of the document in force; a session ticket is good under this one only
 * @param versions as BoringSSL writes them: {@code TLSv1.2}, {@code TLSv1.3}
 */
public record TlsTerms(Hash32 documentHash, List<String> versions) {
    public TlsTerms {
        versions = List.copyOf(versions);
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("versions: none (expected: at least one)");
        }
    }
}
