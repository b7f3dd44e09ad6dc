package io.attestgate.verify.evidence;

import io.attestgate.wire.Hex;
import java.util.Arrays;

/** Bytes that nobody changes, compared by value. Not for secrets. */
public final class Octets {
    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of these. */
    public static Octets of(byte[] bytes) {
        return new Octets(bytes.clone());
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** How many. */
    public int size() {
        return bytes.length;
    }

    /** One of them, 0 to 255. */
    public int at(int index) {
        return Byte.toUnsignedInt(bytes[index]);
    }

    /** These bits under a mask of the same length. */
    public Octets masked(Octets mask) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] &= mask.bytes[i];
        }
        return new Octets(masked);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@code 0x} and lower-case hexadecimal. */
    @Override
    public String toString() {
        return Hex.write(bytes);
    }
}
