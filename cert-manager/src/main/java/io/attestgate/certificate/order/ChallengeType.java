package io.attestgate.certificate.order;

import java.util.Optional;

/** The ways in which this release proves control of a name. Neither can prove a wildcard. */
public enum ChallengeType {
    /** A certificate with the proof, at the TLS port under ALPN {@code acme-tls/1} (RFC 8737). */
    TLS_ALPN_01("tls-alpn-01"),
    /** A text with the proof, at port 80 (RFC 8555 §8.3). */
    HTTP_01("http-01");

    private final String label;

    ChallengeType(String label) {
        this.label = label;
    }

    public static Optional<ChallengeType> parse(String label) {
        for (ChallengeType type : values()) {
            if (type.label.equals(label)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** As ACME writes it. */
    @Override
    public String toString() {
        return label;
    }
}
