package io.attestgate.policy.document;

import java.util.Collection;
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
     *     of a certificate or of a known key; {@code development} for the simulated platform
     */
    public record Kind(String name, List<String> roots) {
        public Kind {
            roots = List.copyOf(roots);
        }

        /**
         * Whether evidence of that kind which ends in all of those counts; in none, it does not.
         */
        public boolean counts(String kind, Collection<EvidenceRoot> ends) {
            return kind.equals(name)
                    && !ends.isEmpty()
                    && ends.stream().allMatch(end -> end.isAmong(roots));
        }
    }
}
