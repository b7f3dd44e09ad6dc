package io.attestgate.wire;

import java.util.Arrays;

/** Bytes of a fixed number, compared by value within their own kind, written as lower-case hex. */
abstract sealed class FixedBytes permits Hash32, Address {
    private final byte[] bytes;

    /** Takes ownership of exactly {@code sizeBytes}; another length is our bug. */
    FixedBytes(byte[] bytes, int sizeBytes) {
        if (bytes.length != sizeBytes) {
            throw new IllegalArgumentException(
                    "%s: %d bytes (expected: %d)"
                            .formatted(getClass().getSimpleName(), bytes.length, sizeBytes));
        }
        this.bytes = bytes;
    }

    /** A copy of the bytes. */
    public final byte[] bytes() {
        return bytes.clone();
    }

    public final boolean isZero() {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** By unsigned bytes, most significant first. */
    final int compareBytes(FixedBytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof FixedBytes fixed
                && getClass() == fixed.getClass()
                && Arrays.equals(bytes, fixed.bytes);
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public final String toString() {
        return Hex.write(bytes);
    }
}
