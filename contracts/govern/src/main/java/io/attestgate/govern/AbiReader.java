package io.attestgate.govern;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a tuple of the Solidity ABI, "Formal Specification of the Encoding": a head of 32-byte
 * words, in which dynamic values have the offset of their content, counted from the tuple's start.
 *
 * <p>The bytes may be anything: each read is bounds-checked, and takes no more room than the bytes
 * have: contents that lie over each other, which no encoder writes, are refused. One thread.
 */
final class AbiReader {
    private static final int WORD_BYTES = 32;
    private static final int ADDRESS_PADDING_BYTES = WORD_BYTES - Address.SIZE_BYTES;

    private final byte[] data;
    private final int start;
    private final Room room;

    private AbiReader(byte[] data, int start, Room room) {
        this.data = data;
        this.start = start;
        this.room = room;
    }

    /** How many bytes may still be copied out; shared by all tuples of the same bytes. */
    private static final class Room {
        private long bytes;

        Room(long bytes) {
            this.bytes = bytes;
        }

        void take(long some) throws Malformed {
            bytes -= some;
            if (bytes < 0) {
                throw new Malformed("contents: overlapping (expected: each its own)");
            }
        }
    }

    /** A tuple that is all of these bytes, which are not copied. */
    static AbiReader of(byte[] data) {
        return new AbiReader(data, 0, new Room(data.length));
    }

    /** The bytes are no encoding of what was read. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** The word at that place of the head. */
    Hash32 word(int index) throws Malformed {
        int at = position(start, (long) index * WORD_BYTES, WORD_BYTES);
        return Hash32.of(Arrays.copyOfRange(data, at, at + WORD_BYTES));
    }

    BigInteger uint(int index) throws Malformed {
        return new BigInteger(1, word(index).bytes());
    }

    /** A number that a {@code long} holds. */
    long number(int index) throws Malformed {
        BigInteger value = uint(index);
        if (value.bitLength() > 63) {
            throw new Malformed("number: %s (expected: below 2^63)".formatted(value));
        }
        return value.longValue();
    }

    Address address(int index) throws Malformed {
        byte[] word = word(index).bytes();
        for (int i = 0; i < ADDRESS_PADDING_BYTES; i++) {
            if (word[i] != 0) {
                throw new Malformed("address: padded (expected: with zeros)");
            }
        }
        return Address.of(Arrays.copyOfRange(word, ADDRESS_PADDING_BYTES, WORD_BYTES));
    }

    /** {@code bytes} or {@code string}. */
    byte[] bytes(int index) throws Malformed {
        int at = offset(index);
        int length = length(at, 1);
        room.take(length);
        return Arrays.copyOfRange(data, at + WORD_BYTES, at + WORD_BYTES + length);
    }

    /** What one element of an array is read by. */
    interface Element<T> {
        T read(AbiReader elements, int index) throws Malformed;
    }

    /** An array of any length. */
    <T> List<T> array(int index, Element<T> element) throws Malformed {
        int at = offset(index);
        int count = length(at, WORD_BYTES);
        room.take((long) count * WORD_BYTES);
        AbiReader elements = new AbiReader(data, at + WORD_BYTES, room);
        List<T> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(element.read(elements, i));
        }
        return values;
    }

    private int offset(int index) throws Malformed {
        return position(start, number(index), WORD_BYTES);
    }

    /** The length word at a place, which {@code unitBytes} each must follow. */
    private int length(int at, int unitBytes) throws Malformed {
        long count = new AbiReader(data, at, room).number(0);
        if (count > (data.length - at - WORD_BYTES) / unitBytes) {
            throw new Malformed("length: %d (expected: within the bytes)".formatted(count));
        }
        return (int) count;
    }

    private int position(int from, long offset, int needed) throws Malformed {
        if (offset < 0 || offset > (long) data.length - needed - from) {
            throw new Malformed("offset: %d (expected: within the bytes)".formatted(offset));
        }
        return (int) (from + offset);
    }
}
