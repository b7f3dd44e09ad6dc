package io.attestgate.policy.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Every proof that differs from a right one in one bit of one node. */
final class Mutations {
    private Mutations() {}

    /** Asserts that {@code refuses} holds for each, and says how many there were. */
    static int refused(List<byte[]> nodes, Predicate<List<byte[]>> refuses) {
        int mutations = 0;
        for (int node = 0; node < nodes.size(); node++) {
            for (int bit = 0; bit < nodes.get(node).length * Byte.SIZE; bit++) {
                assertThat(refuses.test(flipped(nodes, node, bit)))
                        .as("bit %d of node %d", bit, node)
                        .isTrue();
                mutations++;
            }
        }
        return mutations;
    }

    /** The mutations of the proof of one key. */
    static int refused(TestTrie trie, byte[] key) {
        Hash32 root = trie.root();
        return refused(
                trie.proof(key), nodes -> !TrieProof.value(root, key, nodes).faults().isEmpty());
    }

    private static List<byte[]> flipped(List<byte[]> nodes, int node, int bit) {
        List<byte[]> mutated = new ArrayList<>(nodes);
        byte[] bytes = nodes.get(node).clone();
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        mutated.set(node, bytes);
        return mutated;
    }
}
