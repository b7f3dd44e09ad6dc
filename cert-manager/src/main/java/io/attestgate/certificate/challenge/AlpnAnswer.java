package io.attestgate.certificate.challenge;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * What a handshake that offers {@code acme-tls/1} and nothing else is answered with (RFC 8737 §3):
 * a self-signed certificate that carries the proof, and its throw-away key, which serves nothing
 * else.
 */
public record AlpnAnswer(X509Certificate certificate, PrivateKey privateKey) {
    /** The public half alone: a secret has no text. */
    @Override
    public String toString() {
        return "AlpnAnswer[" + certificate.getSubjectX500Principal() + "]";
    }
}
