package io.attestgate.policy.document;

/** A version of TLS that this gateway speaks; older ones are no choice (RFC 8996). */
public enum TlsVersion implements Spelled {
    /** RFC 5246. */
    TLS_1_2("1.2"),
    /** RFC 8446. */
    TLS_1_3("1.3");

    private final String spelling;

    TlsVersion(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
