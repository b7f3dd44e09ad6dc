package io.attestgate.policy.beacon;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.LightClientReader;
import io.attestgate.policy.beacon.spec.LightClientUpdate;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows a network from a checkpoint on: bootstrap, committee after committee, then the newest
 * final block (the specification's light client sync process).
 *
 * <p>What an endpoint gives is taken if it passes every {@link Check}; a message that does not is
 * that endpoint's failure, and the next is asked. One thread.
 */
final class LightClient {
    /** By how much a host's clock may be slow: a slot of mainnet. */
    static final Duration CLOCK_SLACK = Duration.ofSeconds(12);

    /** An endpoint whose newest signature is older has fallen behind: finality takes two epochs. */
    private static final int FRESH_EPOCHS = 3;

    private final LightClientSettings settings;
    private final BeaconNetwork network;
    private final LightClientReader reader;
    private final BeaconEndpoints endpoints;
    private final InstantSource clock;
    private @Nullable LightClientStore store;

    LightClient(LightClientSettings settings, BeaconEndpoints endpoints, InstantSource clock) {
        this.settings = settings;
        this.network = settings.network();
        this.reader = new LightClientReader(network.preset());
        this.endpoints = endpoints;
        this.clock = clock;
    }

    /** Takes the newest final block that an endpoint can prove. */
    LightClientStore advance(Optional<LightClientCheckpoint> kept) throws PolicyReadException {
        begin(kept);
        endpoints.ask(
                api -> {
                    learnCommittees(api);
                    LightClientUpdate update = api.finalityUpdate(reader);
                    requireFinality(update);
                    take(update);
                    return isFresh(update);
                });
        return begun();
    }

    /** Takes the newest block that an endpoint can prove to be signed. */
    LightClientStore advanceOptimistic() throws PolicyReadException {
        endpoints.ask(
                api -> {
                    LightClientUpdate update = api.optimisticUpdate(reader);
                    take(update);
                    return isFresh(update);
                });
        return begun();
    }

    private LightClientStore begun() {
        if (store == null) {
            throw new AssertionError("light client: asked before it began");
        }
        return store;
    }

    private void begin(Optional<LightClientCheckpoint> kept) throws PolicyReadException {
        LightClientStore before = store;
        if (before != null) {
            requireYoung(before.finalized().beacon().slot());
            return;
        }
        Optional<Hash32> keptRoot = kept.filter(k -> isYoung(k.slot())).map(k -> k.root());
        try {
            begin(keptRoot.orElse(settings.checkpoint()));
        } catch (PolicyReadException e) {
            if (keptRoot.isEmpty()) {
                throw e;
            }
            // Committees lead from the older block to the kept one too, if nobody has it any more.
            begin(settings.checkpoint());
        }
    }

    private void begin(Hash32 root) throws PolicyReadException {
        endpoints.ask(
                api -> {
                    Outcome outcome =
                            LightClientStore.begin(network, root, api.bootstrap(reader, root));
                    LightClientStore begun = accepted(outcome);
                    requireYoung(begun.finalized().beacon().slot());
                    store = begun;
                    return true;
                });
    }

    /** Learns of committees up to that of the next period, as far as the endpoint tells. */
    private void learnCommittees(BeaconApi api) throws PolicyReadException {
        long now = network.periodAt(currentSlot());
        boolean learning = true;
        while (learning) {
            LightClientStore before = begun();
            long start = before.period() + (before.knowsNextCommittee() ? 1 : 0);
            if (before.knowsNextCommittee() && start >= now) {
                return;
            }
            long count = Math.clamp(now - start + 1, 1, BeaconApi.UPDATES_MAX);
            List<LightClientUpdate> updates = api.updates(reader, start, (int) count);
            for (LightClientUpdate update : updates) {
                take(update);
            }
            LightClientStore after = begun();
            learning =
                    after.period() > before.period()
                            || after.knowsNextCommittee() != before.knowsNextCommittee();
        }
    }

    /** Without one it would count as new by its signature, and hold finality back. */
    private static void requireFinality(LightClientUpdate update) throws PolicyReadException {
        if (update.finality().isEmpty()) {
            throw new PolicyReadException(
                    Failure.WRONG_UPDATE,
                    Refusal.of(Check.FINALITY, "finality_branch", "zeros", "that of a final block")
                            .toString());
        }
    }

    private void take(LightClientUpdate update) throws PolicyReadException {
        store = accepted(begun().process(update, currentSlot()));
    }

    private static LightClientStore accepted(Outcome outcome) throws PolicyReadException {
        return switch (outcome) {
            case Outcome.Accepted accepted -> accepted.store();
            case Outcome.Refused refused ->
                    throw new PolicyReadException(
                            Failure.WRONG_UPDATE, refused.refusal().toString());
        };
    }

    private long currentSlot() {
        return network.slotAt(clock.instant().plus(CLOCK_SLACK));
    }

    private boolean isFresh(LightClientUpdate update) {
        return update.signatureSlot() + (long) FRESH_EPOCHS * network.preset().slotsPerEpoch()
                >= network.slotAt(clock.instant());
    }

    private boolean isYoung(long slot) {
        Instant end = network.timeOf(slot).plus(settings.checkpointAgeMax());
        return !clock.instant().isAfter(end);
    }

    private void requireYoung(long slot) throws PolicyReadException {
        if (!isYoung(slot)) {
            Duration age = Duration.between(network.timeOf(slot), clock.instant());
            throw new PolicyReadException(
                    Failure.CHECKPOINT_TOO_OLD,
                    Refusal.of(
                                    Check.CHECKPOINT_AGE,
                                    "age of the block of slot " + slot,
                                    age,
                                    "at most " + settings.checkpointAgeMax())
                            .toString());
        }
    }
}
