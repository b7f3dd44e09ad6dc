package io.attestgate.policy.document;

/** What kind of key a certificate is for. */
public enum KeyType implements Spelled {
    /** ECDSA on P-256 (FIPS 186-5). */
    EC_P256("ec-p256");

    private final String spelling;

    KeyType(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
