package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code hash_tree_root} of what light-client containers are made of (SSZ, Merkleization). */
public final class Ssz {
    private static final byte[] ZERO = new byte[Hash32.SIZE_BYTES];

    private Ssz() {}

    /** The root of a container whose fields have these roots. */
    public static Hash32 container(Hash32... fields) {
        List<byte[]> chunks = new ArrayList<>();
        for (Hash32 field : fields) {
            chunks.add(field.bytes());
        }
        return Hash32.of(merkleize(chunks));
    }

    /** The root of a {@code uint64}. */
    public static Hash32 uint64(long value) {
        byte[] chunk = new byte[Hash32.SIZE_BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            chunk[i] = (byte) (value >>> (Byte.SIZE * i));
        }
        return Hash32.of(chunk);
    }

    /** The root of a vector of bytes. */
    public static Hash32 bytes(byte[] vector) {
        return Hash32.of(merkleize(chunks(vector)));
    }

    /** The root of a list of at most 32 bytes: one chunk, and its length mixed in. */
    static Hash32 shortList(byte[] list) {
        byte[] chunk = Arrays.copyOf(list, Hash32.SIZE_BYTES);
        return Hash32.of(Digests.sha256(chunk, uint64(list.length).bytes()));
    }

    /** The node over two others. */
    public static Hash32 node(Hash32 left, Hash32 right) {
        return Hash32.of(Digests.sha256(left.bytes(), right.bytes()));
    }

    /** 32 bytes each, the last filled up with zeros. */
    static List<byte[]> chunks(byte[] bytes) {
        List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += Hash32.SIZE_BYTES) {
            chunks.add(Arrays.copyOfRange(bytes, at, at + Hash32.SIZE_BYTES));
        }
        return chunks;
    }

    /** The root over chunks, which are filled up with zeros to the next power of two. */
    static byte[] merkleize(List<byte[]> chunks) {
        int width = 1;
        while (width < chunks.size()) {
            width <<= 1;
        }
        byte[][] level = new byte[width][];
        for (int i = 0; i < width; i++) {
            level[i] = i < chunks.size() ? chunks.get(i) : ZERO;
        }
        for (; width > 1; width >>= 1) {
            for (int i = 0; i < width; i += 2) {
                level[i / 2] = Digests.sha256(level[i], level[i + 1]);
            }
        }
        return level[0];
    }
}
