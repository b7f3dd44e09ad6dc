package io.attestgate.wire;

import java.util.Optional;

/** A 32-byte digest, written as {@code 0x} and 64 lower-case hexadecimal digits. */
public final class Hash32 extends FixedBytes implements Comparable<Hash32> {
    public static final int SIZE_BYTES = 32;

    /** 32 zero bytes: the EVM's "nothing is stored here". */
    public static final Hash32 ZERO = new Hash32(new byte[SIZE_BYTES]);

    private Hash32(byte[] bytes) {
        super(bytes, SIZE_BYTES);
    }

    /** Takes exactly 32 bytes, which are copied; another length is our bug. */
    public static Hash32 of(byte[] bytes) {
        return new Hash32(bytes.clone());
    }

    /** Reads {@code 0x} and 64 lower-case digits; empty for any other text. */
    public static Optional<Hash32> parse(String hex) {
        return Hex.parse(hex).filter(b -> b.length == SIZE_BYTES).map(Hash32::new);
    }

    @Override
    public int compareTo(Hash32 other) {
        return compareBytes(other);
    }
}
