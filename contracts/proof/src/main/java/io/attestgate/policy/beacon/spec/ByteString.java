package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Hex;
import java.util.Arrays;
import java.util.Optional;

/** Bytes that do not change, compared by value, written as {@code 0x} and lower-case hex. */
public final class ByteString {
    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the bytes, which are copied. */
    public static ByteString of(byte[] bytes) {
        return new ByteString(bytes.clone());
    }

    /** {@code sizeBytes} zero bytes. */
    public static ByteString zero(int sizeBytes) {
        return new ByteString(new byte[sizeBytes]);
    }

    /** Reads {@code 0x} and lower-case digits; empty for any other text. */
    public static Optional<ByteString> parse(String hex) {
        return Hex.parse(hex).map(ByteString::new);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    public int size() {
        return bytes.length;
    }

    /** Bit {@code index} in SSZ's order: the lowest of each byte first. */
    boolean bit(int index) {
        return (bytes[index / Byte.SIZE] >> (index % Byte.SIZE) & 1) == 1;
    }

    /** How many bits are one. */
    int bitCount() {
        int count = 0;
        for (byte b : bytes) {
            count += Integer.bitCount(b & 0xff);
        }
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString string && Arrays.equals(bytes, string.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Hex.write(bytes);
    }
}
