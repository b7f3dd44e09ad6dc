package io.attestgate.verify.evidence;

import io.attestgate.wire.Hash32;
import java.util.List;
import java.util.Set;

/**
 * How many vendors must vouch for the same claims: of the evidence that counts, at least so many
 * pieces whose roots no two of them share a holder.
 *
 * @param require what counts, each kind once; 1 to {@link #KINDS_MAX}
 * @param atLeast 1 to as many as are required
 */
public record EvidenceRequirement(List<Kind> require, int atLeast) implements PolicyPart {
    /** More kinds than there are. */
    public static final int KINDS_MAX = 16;

    /**
     * One kind of evidence that counts.
     *
     * @param name such as {@code tdx}
     * @param roots SHA-256 of those that it may end in; all that it does end in must be among them
     */
    public record Kind(String name, Set<Hash32> roots) {
        public Kind {
            roots = Set.copyOf(roots);
        }
    }

    public EvidenceRequirement {
        require = List.copyOf(require);
        long names = require.stream().map(Kind::name).distinct().count();
        if (require.isEmpty()
                || require.size() > KINDS_MAX
                || names < require.size()
                || atLeast < 1
                || atLeast > require.size()) {
            throw new IllegalArgumentException(
                    "require, atLeast: %s, %d (expected: each kind once, and 1 to as many)"
                            .formatted(require, atLeast));
        }
    }
}
