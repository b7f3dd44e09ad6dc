package io.attestgate.policy.document;

/** A way to prove control of a name to a certificate authority. */
public enum Challenge implements Spelled {
    /** In a TLS handshake on the gateway's own port (RFC 8737). */
    TLS_ALPN_01("tls-alpn-01"),
    /** At a path on port 80 (RFC 8555 §8.3). */
    HTTP_01("http-01");

    private final String spelling;

    Challenge(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
