package io.attestgate.policy.read;

import io.attestgate.contracts.StorageSlot;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;

/**
 * Where solc puts what a variable holds (Solidity, "Layout of State Variables in Storage").
 *
 * <p>What a mapping holds under a key, and the content of an array or a long string, is found by
 * keccak256.
 */
public final class Slots {
    private static final BigInteger COUNT = BigInteger.ONE.shiftLeft(256);

    private Slots() {}

    /** The slot of a variable. */
    public static Hash32 of(StorageSlot variable) {
        return slot(BigInteger.valueOf(variable.number()));
    }

    /** The first slot of what a mapping holds under a key of 32 bytes. */
    public static Hash32 under(StorageSlot mapping, Hash32 key) {
        return keccak(new AbiEncoder().bytes32(key).uint(mapping.number()).encode());
    }

    /** The first slot of what a mapping holds under a number. */
    public static Hash32 under(StorageSlot mapping, long key) {
        return keccak(new AbiEncoder().uint(key).uint(mapping.number()).encode());
    }

    /** Slot {@code index} of the content of the array, or long string, of that slot. */
    public static Hash32 content(Hash32 slot, long index) {
        return plus(keccak(slot.bytes()), index);
    }

    /** So many slots further. */
    public static Hash32 plus(Hash32 slot, long offset) {
        return slot(new BigInteger(1, slot.bytes()).add(BigInteger.valueOf(offset)).mod(COUNT));
    }

    private static Hash32 keccak(byte[] bytes) {
        return Hash32.of(Digests.keccak256(bytes));
    }

    private static Hash32 slot(BigInteger number) {
        return Hash32.of(new AbiEncoder().uint(number).encode());
    }
}
