package io.attestgate.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code abi.encode} of a list of arguments (Solidity ABI specification, "Formal Specification of
 * the Encoding"): each takes one 32-byte word in the head; a {@code string}, {@code bytes} or array
 * puts its offset there and its length and padded content into the tail.
 *
 * <p>One encoding per instance, on one thread.
 */
public final class AbiEncoder {
    private static final int WORD_BYTES = 32;

    private final List<byte[]> words = new ArrayList<>();
    private final List<byte[]> tails = new ArrayList<>();

    /** {@code uint8} to {@code uint256} of a value that is not negative. */
    public AbiEncoder uint(long value) {
        return uint(BigInteger.valueOf(value));
    }

    public AbiEncoder uint(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > 256) {
            throw new IllegalArgumentException(
                    "uint: %s (expected: 0 to 2^256 - 1)".formatted(value));
        }
        return word(leftPadded(unsigned(value)));
    }

    public AbiEncoder bytes32(Hash32 value) {
        return word(value.bytes());
    }

    public AbiEncoder address(Address value) {
        return word(leftPadded(value.bytes()));
    }

    public AbiEncoder bool(boolean value) {
        return uint(value ? 1 : 0);
    }

    /** {@code string}, as UTF-8. */
    public AbiEncoder string(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code bytes} of any length. */
    public AbiEncoder bytes(byte[] value) {
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        tail.writeBytes(word(value.length));
        tail.writeBytes(value);
        tail.writeBytes(new byte[-value.length & (WORD_BYTES - 1)]);
        return tail(tail.toByteArray());
    }

    /** {@code address[]}. */
    public AbiEncoder addresses(List<Address> values) {
        AbiEncoder elements = new AbiEncoder();
        for (Address value : values) {
            elements = elements.address(value);
        }
        return array(values.size(), elements);
    }

    /** {@code uint256[]} of values that are not negative. */
    public AbiEncoder uints(List<BigInteger> values) {
        AbiEncoder elements = new AbiEncoder();
        for (BigInteger value : values) {
            elements = elements.uint(value);
        }
        return array(values.size(), elements);
    }

    /** {@code bytes[]}: the offsets inside count from behind the array's length. */
    public AbiEncoder byteStrings(List<byte[]> values) {
        AbiEncoder elements = new AbiEncoder();
        for (byte[] value : values) {
            elements = elements.bytes(value);
        }
        return array(values.size(), elements);
    }

    /** The whole encoding. */
    public byte[] encode() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        int next = 0;
        for (byte[] word : words) {
            if (word.length == WORD_BYTES) {
                head.writeBytes(word);
                continue;
            }
            head.writeBytes(word((long) words.size() * WORD_BYTES + tail.size()));
            tail.writeBytes(tails.get(next++));
        }
        head.writeBytes(tail.toByteArray());
        return head.toByteArray();
    }

    private AbiEncoder array(int length, AbiEncoder elements) {
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        tail.writeBytes(word(length));
        tail.writeBytes(elements.encode());
        return tail(tail.toByteArray());
    }

    private AbiEncoder tail(byte[] encoded) {
        words.add(new byte[0]);
        tails.add(encoded);
        return this;
    }

    private AbiEncoder word(byte[] word) {
        words.add(word);
        return this;
    }

    private static byte[] word(long value) {
        return leftPadded(unsigned(BigInteger.valueOf(value)));
    }

    private static byte[] unsigned(BigInteger value) {
        byte[] bytes = value.toByteArray();
        return bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] leftPadded(byte[] bytes) {
        byte[] word = new byte[WORD_BYTES];
        System.arraycopy(bytes, 0, word, WORD_BYTES - bytes.length, bytes.length);
        return word;
    }
}
