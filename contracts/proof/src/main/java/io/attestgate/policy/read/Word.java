package io.attestgate.policy.read;

import io.attestgate.contracts.StorageSlot;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * The 32 bytes of one storage slot and how solc packs values into them: from the least significant
 * end on.
 *
 * @param value the whole slot
 */
record Word(Hash32 value) {
    /** Ten thousand years: later instants than any clock shows, and within what Java holds. */
    private static final long SECONDS_MAX = 253_402_300_799L;

    long uint64(StorageSlot at) throws PolicyReadException {
        return unsigned(at, Long.BYTES);
    }

    int uint8(StorageSlot at) {
        return Byte.toUnsignedInt(bytes(at, 1)[0]);
    }

    /** Empty for zero: nobody. */
    Optional<Address> address(StorageSlot at) {
        return Optional.of(Address.of(bytes(at, Address.SIZE_BYTES))).filter(a -> !a.isZero());
    }

    /** A block time in seconds; empty for zero: never. */
    Optional<Instant> time(StorageSlot at) throws PolicyReadException {
        long seconds = uint64(at);
        if (seconds > SECONDS_MAX) {
            throw Contradiction.of(
                    at.type(), Long.toString(seconds), "a time before the year 10000");
        }
        return seconds == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds));
    }

    /** The whole slot as a number that fits. */
    long count(long max, String name) throws PolicyReadException {
        BigInteger number = new BigInteger(1, value.bytes());
        if (number.compareTo(BigInteger.valueOf(max)) > 0) {
            throw Contradiction.of(name, number.toString(), "at most " + max);
        }
        return number.longValueExact();
    }

    private long unsigned(StorageSlot at, int size) throws PolicyReadException {
        BigInteger number = new BigInteger(1, bytes(at, size));
        if (number.bitLength() >= Long.SIZE) {
            throw Contradiction.of(at.type(), number.toString(), "less than 2^63");
        }
        return number.longValueExact();
    }

    private byte[] bytes(StorageSlot at, int size) {
        byte[] word = value.bytes();
        int end = word.length - at.offsetBytes();
        return Arrays.copyOfRange(word, end - size, end);
    }
}
