package io.attestgate.wire;

import java.util.Optional;

/** An Ethereum account of 20 bytes, written as {@code 0x} and 40 lower-case hexadecimal digits. */
public final class Address extends FixedBytes implements Comparable<Address> {
    public static final int SIZE_BYTES = 20;

    /** 20 zero bytes: nobody. */
    public static final Address ZERO = new Address(new byte[SIZE_BYTES]);

    private Address(byte[] bytes) {
        super(bytes, SIZE_BYTES);
    }

    /** Takes exactly 20 bytes, which are copied; another length is our bug. */
    public static Address of(byte[] bytes) {
        return new Address(bytes.clone());
    }

    /** Reads {@code 0x} and 40 lower-case digits; empty for any other text. */
    public static Optional<Address> parse(String hex) {
        return Hex.parse(hex).filter(b -> b.length == SIZE_BYTES).map(Address::new);
    }

    @Override
    public int compareTo(Address other) {
        return compareBytes(other);
    }
}
