package io.attestgate.client.verdict;

/** Every leg that a verdict has, in the order in which they are checked and printed. */
public enum LegName {
    /** A TLS 1.3 connection stands. */
    CONNECTION("connection"),
    /** The reader's certificate authorities stand for the chain. */
    WEB_PKI("web-pki"),
    /** The certificate is in public logs. */
    CERTIFICATE_TRANSPARENCY("certificate-transparency"),
    /** The key is one that the reader named. */
    PIN("pin"),
    /** Evidence came over the same connection. */
    ANSWER("answer"),
    /** The claims are for the role of an endpoint and complete. */
    CLAIMS("claims"),
    /** The claims hold the reader's fresh nonce. */
    NONCE("nonce"),
    /** The claims are for the host that was asked for. */
    HOST("host"),
    /** The claims are for the key of this connection. */
    KEY("key"),
    /** The claims are of now. */
    TIME("time"),
    /** What the hardware's vendor publishes is there, to judge the evidence by. */
    COLLATERAL("collateral"),
    /** The hardware, or its simulation, signed the claims. */
    EVIDENCE("evidence"),
    /** The code is one that the reader named. */
    MEASUREMENT("measurement"),
    /** The claims name the reader's contract and chain. */
    CONTRACT("contract"),
    /** What the claims say of the contract's state is what the reader's own view says. */
    POLICY("policy"),
    /** The documents as enforced are those of the contract. */
    DOCUMENTS("documents"),
    /** The connection's own secret is bound. */
    EXPORTER("exporter"),
    /** There is something of the reader's own to hold all this against. */
    TRUST_ANCHOR("trust-anchor");

    private final String text;

    LegName(String text) {
        this.text = text;
    }

    /** As it is printed and written to JSON. */
    public String text() {
        return text;
    }
}
