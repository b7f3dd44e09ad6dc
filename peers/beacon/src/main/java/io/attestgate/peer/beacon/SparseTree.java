package io.attestgate.peer.beacon;

import io.attestgate.policy.beacon.spec.Branch;
import io.attestgate.policy.beacon.spec.Ssz;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Merkle tree of which only some nodes are anything: a beacon state, or a block's body, as far as
 * a light client looks into it.
 *
 * @param nodes by generalized index, none above another; all else is zero
 */
record SparseTree(Map<Integer, Hash32> nodes) {
    SparseTree {
        nodes = Map.copyOf(nodes);
    }

    Hash32 root() {
        return node(1);
    }

    /** From the node of that index to the root. */
    Branch branch(int generalizedIndex) {
        List<Hash32> siblings = new ArrayList<>();
        for (int index = generalizedIndex; index > 1; index >>= 1) {
            siblings.add(node(index ^ 1));
        }
        return new Branch(siblings);
    }

    private Hash32 node(int index) {
        Hash32 known = nodes.get(index);
        if (known != null) {
            return known;
        }
        return hasBelow(index) ? Ssz.node(node(2 * index), node(2 * index + 1)) : Hash32.ZERO;
    }

    private boolean hasBelow(int index) {
        int depth = Branch.depthOf(index);
        return nodes.keySet().stream()
                .anyMatch(
                        n ->
                                Branch.depthOf(n) > depth
                                        && n >> (Branch.depthOf(n) - depth) == index);
    }
}
