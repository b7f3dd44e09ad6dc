package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What tells one consensus network from every other, and its slots from each other. Part of what is
 * measured: whoever chose another would choose who is believed.
 *
 * @param name for people
 * @param preset its sizes
 * @param genesisTime when slot 0 began
 * @param slotDuration 12 s on public networks; from 1 ms to an hour
 * @param genesisValidatorsRoot binds every signature to this network
 * @param forks in their order, from the first whose containers are known; slots before it are
 *     refused
 */
public record BeaconNetwork(
        String name,
        Preset preset,
        Instant genesisTime,
        Duration slotDuration,
        Hash32 genesisValidatorsRoot,
        List<ForkActivation> forks) {
    private static final Duration SLOT_DURATION_MAX = Duration.ofHours(1);

    public BeaconNetwork {
        forks = List.copyOf(forks);
        if (slotDuration.toMillis() < 1 || slotDuration.compareTo(SLOT_DURATION_MAX) > 0) {
            throw new IllegalArgumentException(
                    "slotDuration: %s (expected: 1 ms to 1 h)".formatted(slotDuration));
        }
        if (forks.isEmpty()) {
            throw new IllegalArgumentException("forks: none (expected: at least one)");
        }
        for (int i = 1; i < forks.size(); i++) {
            ForkActivation before = forks.get(i - 1);
            ForkActivation after = forks.get(i);
            if (before.fork().compareTo(after.fork()) >= 0 || before.epoch() > after.epoch()) {
                throw new IllegalArgumentException(
                        "forks: %s (expected: each once, in order)".formatted(forks));
            }
        }
    }

    /** The fork that holds at a slot; empty before the first that is known. */
    public Optional<ForkActivation> forkAt(long slot) {
        long epoch = slot / preset.slotsPerEpoch();
        return forks.stream()
                .filter(activation -> activation.epoch() <= epoch)
                .reduce((earlier, later) -> later);
    }

    /** {@code compute_sync_committee_period_at_slot}. */
    public long periodAt(long slot) {
        return slot / preset.slotsPerPeriod();
    }

    /** The slot that runs at an instant; 0 before genesis. */
    public long slotAt(Instant time) {
        return Math.max(
                0, Duration.between(genesisTime, time).toMillis() / slotDuration.toMillis());
    }

    /** When a slot begins. */
    public Instant timeOf(long slot) {
        return genesisTime.plusMillis(Math.multiplyExact(slot, slotDuration.toMillis()));
    }
}
