package io.attestgate.wire;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** A 32-byte digest, written as {@code 0x} and 64 lower-case hexadecimal digits. */
public final class Hash32 implements Comparable<Hash32> {
    public static final int SIZE_BYTES = 32;

    /** 32 zero bytes: the EVM's "nothing is stored here". */
    public static final Hash32 ZERO = new Hash32(new byte[SIZE_BYTES]);

    private final byte[] bytes;

    private Hash32(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes exactly 32 bytes, which are copied; another length is our bug. */
    public static Hash32 of(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "hash: %d bytes (expected: 32)".formatted(bytes.length));
        }
        return new Hash32(bytes.clone());
    }

    /** Reads {@code 0x} and 64 lower-case digits; empty for any other text. */
    public static Optional<Hash32> parse(String hex) {
        return Hex.parse(hex).filter(b -> b.length == SIZE_BYTES).map(Hash32::new);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public boolean isZero() {
        return equals(ZERO);
    }

    /** By unsigned bytes, most significant first. */
    @Override
    public int compareTo(Hash32 other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash32 hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(bytes);
    }
}
