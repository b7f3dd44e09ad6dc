package io.attestgate.policy.beacon;

import java.util.Arrays;

/** Decompresses one raw block (Snappy's format description), which is what the vectors are in. */
final class Snappy {
    private final byte[] in;
    private int at;

    private Snappy(byte[] in) {
        this.in = in;
    }

    static byte[] decompress(byte[] block) {
        return new Snappy(block).run();
    }

    private byte[] run() {
        byte[] out = new byte[varint()];
        int to = 0;
        while (at < in.length) {
            int tag = in[at++] & 0xff;
            int length;
            int offset;
            switch (tag & 3) {
                case 0 -> {
                    int more = Math.max(0, (tag >> 2) - 59);
                    length = 1 + (more == 0 ? tag >> 2 : littleEndian(more));
                    System.arraycopy(in, at, out, to, length);
                    at += length;
                    to += length;
                    continue;
                }
                case 1 -> {
                    length = 4 + (tag >> 2 & 7);
                    offset = (tag & 0xe0) << 3 | littleEndian(1);
                }
                default -> {
                    length = 1 + (tag >> 2);
                    offset = littleEndian((tag & 3) == 2 ? 2 : 4);
                }
            }
            // A copy may read what it writes.
            for (int i = 0; i < length; i++, to++) {
                out[to] = out[to - offset];
            }
        }
        return Arrays.copyOf(out, to);
    }

    private int varint() {
        int value = 0;
        int shift = 0;
        int b;
        do {
            b = in[at++] & 0xff;
            value |= (b & 0x7f) << shift;
            shift += 7;
        } while (b >= 0x80);
        return value;
    }

    private int littleEndian(int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in[at++] & 0xff) << (8 * i);
        }
        return value;
    }
}
