package io.attestgate.certificate.key;

import io.attestgate.wire.Hash32;
import java.net.URI;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A certificate in use: chain and key fit each other and the name, and the key's evidence verified.
 *
 * <p>Compared by identity, so that what was built from one (a TLS context) can be kept for as long
 * as it is the same.
 */
public final class ServingCertificate {
    private final CheckedChain chain;
    private final AttestedKey key;
    private final URI authority;

    ServingCertificate(CheckedChain chain, AttestedKey key, URI authority) {
        this.chain = chain;
        this.key = key;
        this.authority = authority;
    }

    /** A chain that was checked against this key. */
    public static ServingCertificate of(CheckedChain chain, AttestedKey key, URI authority) {
        return new ServingCertificate(chain, key, authority);
    }

    /** Leaf first. */
    public List<X509Certificate> chain() {
        return chain.certificates();
    }

    /** On the Java heap, where TLS engines want it. */
    public PrivateKey privateKey() {
        return key.key().pair().pair().getPrivate();
    }

    public Hash32 spkiSha256() {
        return key.spkiSha256();
    }

    /** The {@code tls-key} evidence, the envelope's JSON. */
    public byte[] keyEvidence() {
        return key.evidence();
    }

    public AttestedKey key() {
        return key;
    }

    /** The directory of the authority that issued it. */
    public URI authority() {
        return authority;
    }

    public Instant notBefore() {
        return chain.notBefore();
    }

    public Instant notAfter() {
        return chain.notAfter();
    }

    /** Whether it may be served at that instant: within its own and its evidence's time. */
    public boolean isGoodAt(Instant now) {
        return now.isBefore(notAfter()) && now.isBefore(key.evidenceNotAfter());
    }

    /** The public half alone: a secret has no text. */
    @Override
    public String toString() {
        return "ServingCertificate[%s, %s, until %s]"
                .formatted(key.key().name(), spkiSha256(), notAfter());
    }
}
