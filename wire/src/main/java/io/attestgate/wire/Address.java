package io.attestgate.wire;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** An Ethereum account of 20 bytes, written as {@code 0x} and 40 lower-case hexadecimal digits. */
public final class Address implements Comparable<Address> {
    public static final int SIZE_BYTES = 20;

    /** 20 zero bytes: nobody. */
    public static final Address ZERO = new Address(new byte[SIZE_BYTES]);

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes exactly 20 bytes, which are copied; another length is our bug. */
    public static Address of(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "address: %d bytes (expected: 20)".formatted(bytes.length));
        }
        return new Address(bytes.clone());
    }

    /** Reads {@code 0x} and 40 lower-case digits; empty for any other text. */
    public static Optional<Address> parse(String hex) {
        return Hex.parse(hex).filter(b -> b.length == SIZE_BYTES).map(Address::new);
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
    public int compareTo(Address other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address && Arrays.equals(bytes, address.bytes);
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
