package io.attestgate.client.chain;

import io.attestgate.contracts.StorageSlot;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;

/** Where values lie (Solidity, "Layout of State Variables in Storage"). */
final class SlotNumber {
    private static final BigInteger SLOTS = BigInteger.ONE.shiftLeft(256);

    private SlotNumber() {}

    /** Of a variable. */
    static Hash32 of(StorageSlot variable) {
        return number(BigInteger.valueOf(variable.number()));
    }

    /** Of the value of a mapping, by its key as {@code abi.encode} has it. */
    static Hash32 of(StorageSlot mapping, AbiEncoder key) {
        return Hash32.of(Digests.keccak256(key.uint(mapping.number()).encode()));
    }

    /** Of a member of the struct that begins at {@code struct}. */
    static Hash32 member(Hash32 struct, StorageSlot member) {
        BigInteger first = new BigInteger(1, struct.bytes());
        return number(first.add(BigInteger.valueOf(member.number())).mod(SLOTS));
    }

    private static Hash32 number(BigInteger number) {
        return Hash32.of(new AbiEncoder().uint(number).encode());
    }
}
