package io.attestgate.policy.document;

/** Whose secret the enclave's keys and state may be sealed under. */
public enum Sealing implements Spelled {
    /** That of its own platform alone. */
    PLATFORM("platform"),
    /** Also that of a key provider that the document names, who can then open what is sealed. */
    KEY_PROVIDER("key-provider");

    private final String spelling;

    Sealing(String spelling) {
        this.spelling = spelling;
    }

    @Override
    public String spelling() {
        return spelling;
    }
}
