package io.attestgate.client.chain;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;

/** What a reader asks of GatewayPolicy's storage, at one block, by its committed layout. */
record PolicySlots(AccountState state) {
    private static final ContractArtifact ARTIFACT = ContractArtifact.load("GatewayPolicy");

    static Hash32 codeHash() {
        return ARTIFACT.codeHash();
    }

    long epoch() throws UnreadableChain {
        return state.word(SlotNumber.of(ARTIFACT.slot("epoch"))).uint64(ARTIFACT.slot("epoch"));
    }

    Hash32 head() throws UnreadableChain {
        return state.word(SlotNumber.of(ARTIFACT.slot("head"))).word();
    }

    Hash32 headAt(long epoch) throws UnreadableChain {
        Hash32 slot = SlotNumber.of(ARTIFACT.slot("headAt"), new AbiEncoder().uint(epoch));
        return state.word(slot).word();
    }

    Hash32 documentHash(PolicyName name) throws UnreadableChain {
        Hash32 entry =
                SlotNumber.of(ARTIFACT.slot("_entries"), new AbiEncoder().bytes32(name.hash()));
        return state.word(SlotNumber.member(entry, ARTIFACT.member("Entry", "documentHash")))
                .word();
    }

    /** The registry of measurements; zero until it is set. */
    Address measurementRegistry() throws UnreadableChain {
        return state.word(SlotNumber.of(ARTIFACT.slot("measurementRegistry")))
                .address(ARTIFACT.slot("measurementRegistry"));
    }
}
