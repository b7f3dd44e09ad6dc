package io.attestgate.attest.secret;

import java.util.Arrays;

/**
 * A growing buffer on the heap for bytes on their way to or from somewhere: zeroed where it grew
 * out of, and when it is erased. What a collector copied in between stays.
 *
 * <p>One thread.
 */
public final class ErasableBytes {
    private static final int CAPACITY_FIRST = 128;

    private byte[] buffer = new byte[CAPACITY_FIRST];
    private int size;

    public void write(int next) {
        reserve(1);
        buffer[size] = (byte) next;
        size++;
    }

    public void write(byte[] next) {
        reserve(next.length);
        System.arraycopy(next, 0, buffer, size, next.length);
        size += next.length;
    }

    private void reserve(int more) {
        if (size + more > buffer.length) {
            byte[] outgrown = buffer;
            buffer = Arrays.copyOf(outgrown, Math.max(size + more, 2 * outgrown.length));
            Arrays.fill(outgrown, (byte) 0);
        }
    }

    public int size() {
        return size;
    }

    /** A copy, which is the caller's to zero. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    /** Zeroes it; it is empty then. */
    public void erase() {
        Arrays.fill(buffer, (byte) 0);
        size = 0;
    }

    /** What it lies in now. */
    byte[] buffer() {
        return buffer;
    }
}
