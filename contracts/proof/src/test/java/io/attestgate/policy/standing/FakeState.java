package io.attestgate.policy.standing;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.contracts.StorageSlot;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.read.NamedContract;
import io.attestgate.policy.read.NamedState;
import io.attestgate.policy.read.Slots;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The contracts around a policy as a test writes their slots, with what was asked of them. */
final class FakeState implements NamedState {
    static final Address HEARTBEAT = Address.parse("0x" + "be".repeat(20)).orElseThrow();
    static final Address REGISTRY = Address.parse("0x" + "ce".repeat(20)).orElseThrow();

    private static final StorageSlot BLOCK_OF = ContractArtifact.load("Heartbeat").slot("blockOf");
    private static final ContractArtifact MEASUREMENTS =
            ContractArtifact.load("MeasurementRegistry");

    final Map<NamedContract, Address> addresses = new HashMap<>();
    final List<Integer> slotsAsked = new ArrayList<>();
    Optional<Failure> failure = Optional.empty();
    private final Map<Hash32, byte[]> slots = new HashMap<>();

    FakeState() {
        addresses.put(NamedContract.HEARTBEAT, HEARTBEAT);
        addresses.put(NamedContract.MEASUREMENT_REGISTRY, REGISTRY);
    }

    /** The first write stands. */
    void beat(Hash32 nonce, long block) {
        slots.computeIfAbsent(
                Slots.under(BLOCK_OF, nonce), slot -> put(new byte[32], BLOCK_OF, block));
    }

    void entry(Hash32 measurement, long allowedAt, long validUntil, long revokedAt) {
        Hash32 first = Slots.under(MEASUREMENTS.slot("_entries"), measurement);
        Map<String, Long> values =
                Map.of("allowedAt", allowedAt, "validUntil", validUntil, "revokedAt", revokedAt);
        values.forEach(
                (label, value) -> {
                    StorageSlot at = MEASUREMENTS.member("Entry", label);
                    Hash32 slot = Slots.plus(first, at.number());
                    slots.put(slot, put(slots.getOrDefault(slot, new byte[32]), at, value));
                });
    }

    @Override
    public Optional<Address> addressOf(NamedContract contract) throws PolicyReadException {
        fail();
        return Optional.ofNullable(addresses.get(contract));
    }

    @Override
    public List<Hash32> words(NamedContract contract, List<Hash32> asked)
            throws PolicyReadException {
        fail();
        if (contract == NamedContract.HEARTBEAT) {
            slotsAsked.add(asked.size());
        }
        return asked.stream()
                .map(slot -> Hash32.of(slots.getOrDefault(slot, new byte[32])))
                .toList();
    }

    private void fail() throws PolicyReadException {
        if (failure.isPresent()) {
            throw new PolicyReadException(failure.get(), "as the test says");
        }
    }

    private static byte[] put(byte[] word, StorageSlot at, long value) {
        byte[] changed = word.clone();
        for (int i = 0; i < Long.BYTES; i++) {
            changed[31 - at.offsetBytes() - i] = (byte) (value >>> (8 * i));
        }
        return Arrays.copyOf(changed, 32);
    }
}
