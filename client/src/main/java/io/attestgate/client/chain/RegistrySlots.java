package io.attestgate.client.chain;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.contracts.StorageSlot;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.Optional;

/** What a reader asks of MeasurementRegistry's storage, at one block, by its committed layout. */
record RegistrySlots(AccountState state) {
    private static final ContractArtifact ARTIFACT = ContractArtifact.load("MeasurementRegistry");

    static Hash32 codeHash() {
        return ARTIFACT.codeHash();
    }

    MeasurementTrust trust(Hash32 measurement) throws UnreadableChain {
        Hash32 entry =
                SlotNumber.of(ARTIFACT.slot("_entries"), new AbiEncoder().bytes32(measurement));
        return new MeasurementTrust(
                state.account(),
                instant(entry, "allowedAt"),
                instant(entry, "validUntil"),
                instant(entry, "revokedAt"));
    }

    private Optional<Instant> instant(Hash32 entry, String name) throws UnreadableChain {
        StorageSlot member = ARTIFACT.member("Entry", name);
        long seconds = state.word(SlotNumber.member(entry, member)).uint64(member);
        return seconds == 0
                ? Optional.empty()
                : Optional.of(
                        Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond())));
    }
}
