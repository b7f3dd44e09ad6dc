package io.attestgate.proxy.tls;

import io.attestgate.wire.Hash32;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate chain and the key that it certifies.
 *
 * @param chain leaf first
 * @param key of the leaf; it lives on the Java heap, because the TLS library takes it from there
 * @param spkiSha256 SHA-256 of the leaf's SubjectPublicKeyInfo
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key, Hash32 spkiSha256) {
    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain: empty (expected: a leaf at least)");
        }
    }

    /** Names the leaf; the key has no text. */
    @Override
    public String toString() {
        return "TlsIdentity[spki " + spkiSha256 + "]";
    }
}
