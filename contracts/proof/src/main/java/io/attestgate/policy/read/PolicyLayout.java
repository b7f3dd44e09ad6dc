package io.attestgate.policy.read;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.contracts.StorageSlot;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Hash32;

/** Where GatewayPolicy keeps what, taken from the compiler's own layout of the pinned code. */
final class PolicyLayout {
    /** How many slots an entry takes. */
    static final int ENTRY_SLOTS = 4;

    final StorageSlot epoch;
    final StorageSlot head;
    final StorageSlot headAt;
    final StorageSlot measurementRegistry;
    final StorageSlot enclaveRegistry;
    final StorageSlot heartbeat;
    final StorageSlot successor;
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
        headAt = policy.slot("headAt");
        measurementRegistry = policy.slot("measurementRegistry");
        enclaveRegistry = policy.slot("enclaveRegistry");
        heartbeat = policy.slot("heartbeat");
        successor = policy.slot("successor");
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

    /** The slot of the head after change {@code n}. */
    Hash32 headAt(long n) {
        return Slots.under(headAt, n);
    }

    /** The slot of element {@code index} of the list of names. */
    Hash32 name(long index) {
        return Slots.content(Slots.of(names), index);
    }

    /** Slot {@code offset} of the entry of a name. */
    Hash32 entry(PolicyName name, long offset) {
        return Slots.plus(Slots.under(entries, name.hash()), offset);
    }
}
