package io.attestgate.policy.document;

import java.util.List;

/**
 * What evidence there must be.
 *
 * @param require the kinds that count, each once
 * @param atLeast how many of them, no two from one vendor, there must be
 */
public record EvidenceRule(List<Kind> require, int atLeast) {
    public EvidenceRule {
        require = List.copyOf(require);
    }

    /**
     * One kind of evidence and what it must end in.
     *
     * @param name such as {@code simulated}
     * @param roots that it may end in: names such as {@code intel-sgx}, or {@code 0x} and SHA-256
     *     of a certificate; {@code development} for the simulated platform
     */
    public record Kind(String name, List<String> roots) {
        public Kind {
            roots = List.copyOf(roots);
        }
    }
}
