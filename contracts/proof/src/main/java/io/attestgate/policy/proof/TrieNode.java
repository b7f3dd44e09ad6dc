package io.attestgate.policy.proof;

import java.util.List;

/** A node of a Merkle-Patricia trie (Yellow Paper, Appendix D). */
sealed interface TrieNode {
    /** Sixteen ways and a value. */
    int BRANCH_ITEMS = 17;

    /** A way on for each half byte, empty for none, and the value of the key that ends here. */
    @SuppressWarnings("ArrayRecordComponent") // Taken apart at once, never compared.
    record Branch(List<RlpItem> ways, byte[] value) implements TrieNode {}

    /** A path that all keys below share. */
    record Extension(Nibbles path, RlpItem way) implements TrieNode {}

    /** The rest of one key and its value. */
    @SuppressWarnings("ArrayRecordComponent") // As above.
    record Leaf(Nibbles path, byte[] value) implements TrieNode {}

    static TrieNode of(RlpItem item) throws Refused {
        if (item instanceof RlpItem.Sequence(List<RlpItem> items, byte[] encoded)) {
            return switch (items.size()) {
                case BRANCH_ITEMS -> branch(items);
                case 2 -> pair(Nibbles.compact(Field.bytes("path", items.get(0))), items.get(1));
                default -> throw new Refused("node", item.kind(), "of 2 or 17 items");
            };
        }
        throw new Refused("node", item.kind(), "a sequence of 2 or 17 items");
    }

    private static Branch branch(List<RlpItem> items) throws Refused {
        return new Branch(
                items.subList(0, BRANCH_ITEMS - 1),
                Field.bytes("value of a branch", items.get(BRANCH_ITEMS - 1)));
    }

    private static TrieNode pair(Nibbles.Compact path, RlpItem second) throws Refused {
        if (!path.leaf()) {
            return extension(path.nibbles(), second);
        }
        byte[] value = Field.bytes("value of a leaf", second);
        if (value.length == 0) {
            throw new Refused("value of a leaf", "nothing", "one byte or more");
        }
        return new Leaf(path.nibbles(), value);
    }

    private static Extension extension(Nibbles path, RlpItem way) throws Refused {
        if (path.isEmpty() || (way instanceof RlpItem.Bytes(byte[] hash) && hash.length == 0)) {
            throw new Refused("extension", "no path or no way on", "both");
        }
        return new Extension(path, way);
    }
}
