package io.attestgate.policy.proof;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recursive length prefix encoding (Yellow Paper, Appendix B), read strictly: every length in its
 * shortest form, a byte below 0x80 as itself, nothing after the item.
 *
 * <p>So each item has one encoding, and reading allocates in proportion to the bytes given.
 */
public final class Rlp {
    /** Deeper than any structure of the chain: a block with its access lists nests six. */
    public static final int DEPTH_MAX = 16;

    private static final int SHORT_BYTES_MAX = 55;
    private static final int SINGLE_MAX = 0x7f;
    private static final int STRING = 0x80;
    private static final int LIST = 0xc0;

    private final byte[] in;
    private int at;

    private Rlp(byte[] in) {
        this.in = in;
    }

    /** Reads one item that all {@code bytes}, of which at most {@code sizeBytesMax}, are. */
    public static Parsed<RlpItem> decode(byte[] bytes, int sizeBytesMax) {
        if (bytes.length > sizeBytesMax) {
            return Parsed.bad(new Fault("rlp", bytes.length + " bytes", "at most " + sizeBytesMax));
        }
        return Refused.parsed(() -> read(bytes));
    }

    /** As {@link #decode}, of bytes whose size was bounded before. */
    static RlpItem read(byte[] bytes) throws Refused {
        Rlp rlp = new Rlp(bytes);
        RlpItem item = rlp.item(bytes.length, 0);
        if (rlp.at != bytes.length) {
            throw new Refused(
                    "rlp", (bytes.length - rlp.at) + " bytes after the item", "nothing after it");
        }
        return item;
    }

    /** The encoding of some bytes. */
    public static byte[] bytes(byte[] value) {
        boolean single = value.length == 1 && Byte.toUnsignedInt(value[0]) <= SINGLE_MAX;
        return single ? value.clone() : prefixed(STRING, value);
    }

    /** The encoding of a number: its bytes, the most significant first, without leading zeros. */
    public static byte[] number(byte[] value) {
        int from = 0;
        while (from < value.length && value[from] == 0) {
            from++;
        }
        return bytes(Arrays.copyOfRange(value, from, value.length));
    }

    /** The encoding of a sequence of items that are encoded already. */
    public static byte[] sequence(List<byte[]> encodedItems) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        encodedItems.forEach(content::writeBytes);
        return prefixed(LIST, content.toByteArray());
    }

    private static byte[] prefixed(int base, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (content.length <= SHORT_BYTES_MAX) {
            out.write(base + content.length);
        } else {
            int lengthBytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
            out.write(base + SHORT_BYTES_MAX + lengthBytes);
            for (int i = lengthBytes - 1; i >= 0; i--) {
                out.write(content.length >>> (8 * i));
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private RlpItem item(int end, int depth) throws Refused {
        if (depth > DEPTH_MAX) {
            throw new Refused("rlp", "depth " + depth, "at most " + DEPTH_MAX);
        }
        int from = at;
        int first = next(end);
        if (first <= SINGLE_MAX) {
            return new RlpItem.Bytes(new byte[] {(byte) first});
        }
        boolean list = first >= LIST;
        int length = length(first - (list ? LIST : STRING), end);
        return list ? sequence(from, at + length, depth) : bytes(length);
    }

    private RlpItem.Bytes bytes(int length) throws Refused {
        byte[] value = Arrays.copyOfRange(in, at, at + length);
        if (length == 1 && Byte.toUnsignedInt(value[0]) <= SINGLE_MAX) {
            throw new Refused("rlp", "a prefix before " + value[0], "a byte below 0x80 as itself");
        }
        at += length;
        return new RlpItem.Bytes(value);
    }

    private RlpItem.Sequence sequence(int from, int end, int depth) throws Refused {
        List<RlpItem> items = new ArrayList<>();
        while (at < end) {
            items.add(item(end, depth + 1));
        }
        return new RlpItem.Sequence(items, Arrays.copyOfRange(in, from, end));
    }

    /** Up to 55 the length itself; beyond, how many bytes of length follow. */
    private int length(int code, int end) throws Refused {
        long length = code;
        if (code > SHORT_BYTES_MAX) {
            length = 0;
            for (int i = 0; i < code - SHORT_BYTES_MAX; i++) {
                length = length << 8 | next(end);
                requireShortest(i == 0 && length == 0, length);
                requireWithin(length, end);
            }
            requireShortest(length <= SHORT_BYTES_MAX, length);
        }
        requireWithin(length, end);
        return Math.toIntExact(length);
    }

    private static void requireShortest(boolean longer, long length) throws Refused {
        if (longer) {
            throw new Refused("rlp", "length " + length + " spelt longer", "the shortest form");
        }
    }

    private void requireWithin(long length, int end) throws Refused {
        if (length > end - at) {
            throw new Refused("rlp", "length " + length, "at most the " + (end - at) + " left");
        }
    }

    private int next(int end) throws Refused {
        if (at >= end) {
            throw new Refused("rlp", "nothing", "one more byte");
        }
        return Byte.toUnsignedInt(in[at++]);
    }
}
