package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Hash32;
import java.util.Collections;
import java.util.List;

/**
 * The siblings on the way from a leaf to a root, the leaf's own first (SSZ, Merkle proofs).
 *
 * @param siblings as many as the leaf is deep
 */
public record Branch(List<Hash32> siblings) {
    public Branch {
        siblings = List.copyOf(siblings);
    }

    /** All zero, as a message that proves nothing has it. */
    public static Branch zero(int depth) {
        return new Branch(Collections.nCopies(depth, Hash32.ZERO));
    }

    /** How deep the node of a generalized index lies. */
    public static int depthOf(int generalizedIndex) {
        return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(generalizedIndex);
    }

    /**
     * {@code is_valid_merkle_branch}: whether {@code leaf} stands at that index under {@code root}.
     */
    public boolean proves(Hash32 leaf, int generalizedIndex, Hash32 root) {
        if (siblings.size() != depthOf(generalizedIndex)) {
            return false;
        }
        Hash32 node = leaf;
        int index = generalizedIndex;
        for (Hash32 sibling : siblings) {
            node = (index & 1) == 1 ? Ssz.node(sibling, node) : Ssz.node(node, sibling);
            index >>= 1;
        }
        return node.equals(root);
    }

    boolean isZero() {
        return siblings.stream().allMatch(Hash32::isZero);
    }
}
