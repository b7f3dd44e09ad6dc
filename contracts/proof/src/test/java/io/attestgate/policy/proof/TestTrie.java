package io.attestgate.policy.proof;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Builds a Merkle-Patricia trie and proofs in it, as an honest node does (Yellow Paper, Appendix
 * D). Written apart from the verifier and shares nothing with its walk.
 */
public final class TestTrie {
    private final NavigableMap<String, byte[]> entries = new TreeMap<>();

    /** Sets the value of a key; no bytes take it away. */
    public void put(byte[] key, byte[] value) {
        String nibbles = HexFormat.of().formatHex(key);
        if (value.length == 0) {
            entries.remove(nibbles);
        } else {
            entries.put(nibbles, value);
        }
    }

    public Hash32 root() {
        return Hash32.of(Digests.keccak256(node(entries, 0)));
    }

    /** The nodes from the root towards a key, as far as there are any. */
    public List<byte[]> proof(byte[] key) {
        List<byte[]> nodes = new ArrayList<>();
        if (!entries.isEmpty()) {
            collect(entries, 0, HexFormat.of().formatHex(key), nodes);
        }
        return nodes;
    }

    private static void collect(
            NavigableMap<String, byte[]> below, int depth, String key, List<byte[]> nodes) {
        byte[] node = node(below, depth);
        if (nodes.isEmpty() || node.length >= Hash32.SIZE_BYTES) {
            nodes.add(node);
        }
        if (below.size() == 1) {
            return;
        }
        int shared = shared(below);
        if (shared > depth) {
            if (key.startsWith(below.firstKey().substring(0, shared))) {
                collect(below, shared, key, nodes);
            }
        } else if (key.length() > depth) {
            NavigableMap<String, byte[]> way = way(below, key.substring(0, depth + 1));
            if (!way.isEmpty()) {
                collect(way, depth + 1, key, nodes);
            }
        }
    }

    private static byte[] node(NavigableMap<String, byte[]> below, int depth) {
        if (below.isEmpty()) {
            return Rlp.bytes(new byte[0]);
        }
        if (below.size() == 1) {
            Map.Entry<String, byte[]> only = below.firstEntry();
            return Rlp.sequence(
                    List.of(
                            compact(only.getKey().substring(depth), true),
                            Rlp.bytes(only.getValue())));
        }
        int shared = shared(below);
        if (shared > depth) {
            String path = below.firstKey().substring(depth, shared);
            return Rlp.sequence(List.of(compact(path, false), named(node(below, shared))));
        }
        return branch(below, depth);
    }

    private static byte[] branch(NavigableMap<String, byte[]> below, int depth) {
        String path = below.firstKey().substring(0, depth);
        List<byte[]> items = new ArrayList<>();
        for (int nibble = 0; nibble < 16; nibble++) {
            NavigableMap<String, byte[]> way = way(below, path + Integer.toHexString(nibble));
            items.add(way.isEmpty() ? Rlp.bytes(new byte[0]) : named(node(way, depth + 1)));
        }
        items.add(Rlp.bytes(below.getOrDefault(path, new byte[0])));
        return Rlp.sequence(items);
    }

    private static NavigableMap<String, byte[]> way(
            NavigableMap<String, byte[]> below, String prefix) {
        return below.subMap(prefix, true, prefix + 'g', false);
    }

    private static int shared(NavigableMap<String, byte[]> below) {
        String first = below.firstKey();
        String last = below.lastKey();
        int shared = 0;
        while (shared < Math.min(first.length(), last.length())
                && first.charAt(shared) == last.charAt(shared)) {
            shared++;
        }
        return shared;
    }

    private static byte[] named(byte[] node) {
        return node.length < Hash32.SIZE_BYTES ? node : Rlp.bytes(Digests.keccak256(node));
    }

    private static byte[] compact(String path, boolean leaf) {
        int flag = (leaf ? 2 : 0) + path.length() % 2;
        String padded = flag + (path.length() % 2 == 0 ? "0" : "") + path;
        return Rlp.bytes(HexFormat.of().parseHex(padded));
    }
}
