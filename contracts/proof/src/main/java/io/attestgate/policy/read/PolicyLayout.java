package io.attestgate.policy.read;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.contracts.StorageSlot;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;

/**
 * Where GatewayPolicy keeps what, taken from the compiler's own layout of the pinned code.
 *
 * <p>The first key of a mapping's slot and the content of an array or a long string are found by
 * keccak256 (Solidity, "Layout of State Variables in Storage").
 */
final class PolicyLayout {
    /** How many slots an entry takes. */
    static final int ENTRY_SLOTS = 4;

    private static final BigInteger SLOTS = BigInteger.ONE.shiftLeft(256);

    final StorageSlot epoch;
    final StorageSlot head;
    final StorageSlot names;
    final StorageSlot entries;
    final StorageSlot documentHash;
    final StorageSlot document;
    final StorageSlot status;
    final StorageSlot controller;
    final StorageSlot halt;
    final StorageSlot start;
    final StorageSlot until;
    final StorageSlot lifted;
    final StorageSlot number;

    PolicyLayout(ContractArtifact policy) {
        epoch = policy.slot("epoch");
        head = policy.slot("head");
        names = policy.slot("_names");
        entries = policy.slot("_entries");
        documentHash = policy.member("Entry", "documentHash");
        document = policy.member("Entry", "document");
        status = policy.member("Entry", "status");
        controller = policy.member("Entry", "controller");
        halt = policy.member("Entry", "halt");
        start = policy.member("Reduction", "start");
        until = policy.member("Reduction", "until");
        lifted = policy.member("Reduction", "lifted");
        number = policy.member("Reduction", "number");
    }

    /** The slot of a variable. */
    static Hash32 slot(StorageSlot at) {
        return slot(BigInteger.valueOf(at.number()));
    }

    /** The slot of element {@code index} of the list of names. */
    Hash32 name(long index) {
        return plus(keccak(slot(names).bytes()), index);
    }

    /** The slot of piece {@code index} of a string too long for its own slot. */
    static Hash32 stringPiece(Hash32 slot, long index) {
        return plus(keccak(slot.bytes()), index);
    }

    /** Slot {@code offset} of the entry of a name. */
    Hash32 entry(PolicyName name, long offset) {
        byte[] key = new AbiEncoder().bytes32(name.hash()).uint(entries.number()).encode();
        return plus(keccak(key), offset);
    }

    private static Hash32 keccak(byte[] bytes) {
        return Hash32.of(Digests.keccak256(bytes));
    }

    private static Hash32 plus(Hash32 slot, long offset) {
        return slot(new BigInteger(1, slot.bytes()).add(BigInteger.valueOf(offset)).mod(SLOTS));
    }

    private static Hash32 slot(BigInteger number) {
        return Hash32.of(new AbiEncoder().uint(number).encode());
    }
}
