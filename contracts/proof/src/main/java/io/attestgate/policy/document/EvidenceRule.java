package io.attestgate.policy.document;

import java.util.List;

/**
 * What evidence there must be.
 *
 * @param require the kinds that count
 * @param atLeast how many of them there must be
 */
public record EvidenceRule(List<Kind> require, int atLeast) {
    public EvidenceRule {
        require = List.copyOf(require);
    }

    /**
     * One kind of evidence and what it must end in.
     *
     * @param name such as {@code simulated}
     * @param roots whose signature it ends in: {@code development} for the simulated platform
     */
    public record Kind(String name, List<String> roots) {
        public Kind {
            roots = List.copyOf(roots);
        }
    }
}
