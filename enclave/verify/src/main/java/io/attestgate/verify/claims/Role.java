package io.attestgate.verify.claims;

import java.util.Arrays;
import java.util.Optional;

/** What claims are for. A verifier accepts exactly the role it asked for. */
public enum Role {
    /** One TLS key, before the order for its certificate is placed. */
    TLS_KEY("tls-key"),
    /** One connection to one host, answering a client's nonce. */
    ENDPOINT("endpoint"),
    /** The signing key, for the registry on chain; written as ABI, not as JSON. */
    REGISTRATION("registration"),
    /** One enclave to another. */
    MESH("mesh");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    static Optional<Role> parse(String label) {
        return Arrays.stream(values()).filter(role -> role.label.equals(label)).findFirst();
    }

    /** The word in the claims. */
    @Override
    public String toString() {
        return label;
    }
}
