package io.attestgate.certificate.key;

import io.attestgate.certificate.account.P256KeyPair;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.security.SecureRandom;

/**
 * A key for one name, with the one signing request that was ever made for it.
 *
 * <p>The request belongs to the key because its digest is the nonce of the key's evidence; another
 * request would need other evidence.
 */
public final class TlsKey {
    private final Hostname name;
    private final P256KeyPair pair;
    private final byte[] csr;
    private final Hash32 spkiSha256;

    private TlsKey(Hostname name, P256KeyPair pair, byte[] csr) {
        this.name = name;
        this.pair = pair;
        this.csr = csr;
        this.spkiSha256 = pair.spkiSha256();
    }

    /** A new key, which nobody has seen. */
    public static TlsKey make(Hostname name, SecureRandom random) {
        P256KeyPair pair = P256KeyPair.generate(random);
        return new TlsKey(name, pair, CertificateRequest.make(name, pair));
    }

    /** A key that was made before, with its request as it was made. */
    public static TlsKey ofSealed(Hostname name, P256KeyPair pair, byte[] csr) {
        return new TlsKey(name, pair, csr.clone());
    }

    public Hostname name() {
        return name;
    }

    public P256KeyPair pair() {
        return pair;
    }

    /** The signing request, DER. */
    public byte[] csr() {
        return csr.clone();
    }

    /** SHA-256 of the SubjectPublicKeyInfo. */
    public Hash32 spkiSha256() {
        return spkiSha256;
    }

    /** SHA-256 of the signing request: the nonce of this key's evidence. */
    public Hash32 csrSha256() {
        return Hash32.of(Digests.sha256(csr));
    }

    /** The public half alone: a secret has no text. */
    @Override
    public String toString() {
        return "TlsKey[" + name + ", " + spkiSha256 + "]";
    }
}
