package io.attestgate.policy.proof;

import java.util.Arrays;

/** Half bytes in order: a key, or a piece of one. Immutable. */
final class Nibbles {
    private final byte[] nibbles;
    private final int from;

    private Nibbles(byte[] nibbles, int from) {
        this.nibbles = nibbles;
        this.from = from;
    }

    /**
     * The path of a node and whether it ends there.
     *
     * @param leaf that nothing follows
     * @param nibbles of the path
     */
    record Compact(boolean leaf, Nibbles nibbles) {}

    /** Both halves of every byte, the higher first. */
    static Nibbles of(byte[] bytes) {
        byte[] nibbles = new byte[2 * bytes.length];
        for (int i = 0; i < nibbles.length; i++) {
            nibbles[i] = (byte) (bytes[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf);
        }
        return new Nibbles(nibbles, 0);
    }

    /**
     * Reads the hex-prefix encoding (Yellow Paper, Appendix C) in its one form: the first nibble is
     * 0 to 3, and the second is 0 where the path is even.
     */
    static Compact compact(byte[] bytes) throws Refused {
        Nibbles all = of(bytes);
        if (all.isEmpty() || all.first() > 3) {
            throw new Refused("path", bytes.length + " bytes", "a first nibble of 0 to 3");
        }
        boolean odd = all.first() % 2 == 1;
        if (!odd && all.nibbles[1] != 0) {
            throw new Refused("path", "second nibble " + all.nibbles[1], "0 in an even path");
        }
        return new Compact(all.first() >= 2, all.after(odd ? 1 : 2));
    }

    boolean isEmpty() {
        return from == nibbles.length;
    }

    int size() {
        return nibbles.length - from;
    }

    int first() {
        return nibbles[from];
    }

    Nibbles after(int count) {
        return new Nibbles(nibbles, from + count);
    }

    boolean startsWith(Nibbles other) {
        return other.size() <= size()
                && Arrays.equals(
                        nibbles,
                        from,
                        from + other.size(),
                        other.nibbles,
                        other.from,
                        other.nibbles.length);
    }
}
