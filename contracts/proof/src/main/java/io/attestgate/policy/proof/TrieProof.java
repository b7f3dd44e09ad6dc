package io.attestgate.policy.proof;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Parsed;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Follows one key through a Merkle-Patricia trie, whose nodes name each other by hash, from its
 * root: to its value, or to where it would be and is not (Yellow Paper, Appendix D).
 *
 * <p>A node is believed by its hash alone. One of fewer than 32 bytes stands inside the node that
 * names it; endpoints send it a second time or not, and if they do it must be the same. The proof
 * ends with the node that decides, and nothing is left over.
 */
public final class TrieProof {
    /** A node for each half byte of a 32-byte key, and one at its end. */
    public static final int NODES_MAX = 65;

    /** Twice the largest node of the chain's tries, a full branch of 532 bytes. */
    public static final int NODE_BYTES_MAX = 1024;

    /** The root of a trie without keys: keccak256 of the encoding of no bytes. */
    public static final Hash32 EMPTY_ROOT = Hash32.of(Digests.keccak256(Rlp.bytes(new byte[0])));

    private static final byte[] EMPTY = Rlp.bytes(new byte[0]);

    private final List<byte[]> nodes;
    private int next;

    private TrieProof(List<byte[]> nodes) {
        this.nodes = nodes;
    }

    /**
     * The value of {@code key}, proven; empty where it is proven that there is none.
     *
     * @param root of the trie
     * @param key as it stands in the trie, so hashed where the trie's keys are
     * @param nodes from the root on
     */
    public static Parsed<Optional<byte[]>> value(Hash32 root, byte[] key, List<byte[]> nodes) {
        return Refused.parsed(() -> read(root, key, nodes));
    }

    static Optional<byte[]> read(Hash32 root, byte[] key, List<byte[]> nodes) throws Refused {
        if (nodes.size() > NODES_MAX) {
            throw new Refused("proof", nodes.size() + " nodes", "at most " + NODES_MAX);
        }
        TrieProof proof = new TrieProof(nodes);
        Optional<byte[]> value = proof.follow(root, Nibbles.of(key));
        if (proof.next != nodes.size()) {
            throw new Refused(
                    "proof", (nodes.size() - proof.next) + " nodes after its end", "none");
        }
        return value;
    }

    private Optional<byte[]> follow(Hash32 root, Nibbles key) throws Refused {
        return root.equals(EMPTY_ROOT) ? emptyTrie() : find(hashed(root.bytes()), key);
    }

    /** Endpoints send nothing, or the one node that an empty trie has. */
    private Optional<byte[]> emptyTrie() {
        if (next < nodes.size() && Arrays.equals(nodes.get(next), EMPTY)) {
            next++;
        }
        return Optional.empty();
    }

    /** Each step takes a half byte of the key at least, so its length bounds the depth. */
    private Optional<byte[]> find(TrieNode node, Nibbles key) throws Refused {
        return switch (node) {
            case TrieNode.Leaf(Nibbles path, byte[] value) ->
                    path.size() == key.size() && key.startsWith(path)
                            ? Optional.of(value)
                            : Optional.empty();
            case TrieNode.Extension(Nibbles path, RlpItem way) ->
                    key.startsWith(path) ? go(way, key.after(path.size())) : Optional.empty();
            case TrieNode.Branch(List<RlpItem> ways, byte[] value) ->
                    key.isEmpty()
                            ? Optional.of(value).filter(bytes -> bytes.length > 0)
                            : go(ways.get(key.first()), key.after(1));
        };
    }

    private Optional<byte[]> go(RlpItem way, Nibbles key) throws Refused {
        return switch (way) {
            case RlpItem.Bytes(byte[] hash) when hash.length == 0 -> Optional.empty();
            case RlpItem.Bytes(byte[] hash) -> find(hashed(hash), key);
            case RlpItem.Sequence inlined -> find(inlined(inlined), key);
        };
    }

    private TrieNode hashed(byte[] hash) throws Refused {
        if (next == nodes.size()) {
            throw new Refused("proof", next + " nodes", "one more, of hash " + Hex.write(hash));
        }
        byte[] node = nodes.get(next++);
        if (node.length > NODE_BYTES_MAX) {
            throw new Refused("node", node.length + " bytes", "at most " + NODE_BYTES_MAX);
        }
        if (!Arrays.equals(Digests.keccak256(node), hash)) {
            throw new Refused("node", node.length + " other bytes", "hash " + Hex.write(hash));
        }
        return TrieNode.of(Rlp.read(node));
    }

    private TrieNode inlined(RlpItem.Sequence node) throws Refused {
        if (node.encoded().length >= Hash32.SIZE_BYTES) {
            throw new Refused(
                    "node", node.encoded().length + " bytes inlined", "fewer than 32, or a hash");
        }
        if (next < nodes.size() && Arrays.equals(nodes.get(next), node.encoded())) {
            next++;
        }
        return TrieNode.of(node);
    }
}
