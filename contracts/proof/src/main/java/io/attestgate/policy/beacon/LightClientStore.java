package io.attestgate.policy.beacon;

import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.ForkActivation;
import io.attestgate.policy.beacon.spec.LightClientBootstrap;
import io.attestgate.policy.beacon.spec.LightClientHeader;
import io.attestgate.policy.beacon.spec.LightClientUpdate;
import io.attestgate.policy.beacon.spec.LightClientUpdate.Finality;
import io.attestgate.policy.beacon.spec.SyncCommittee;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.util.Optional;

/**
 * {@code LightClientStore}: what is proven so far. Immutable; each message that is accepted makes
 * the next one.
 *
 * <p>The specification's {@code best_valid_update} is not kept: it serves forced updates alone.
 */
public final class LightClientStore {
    private final BeaconNetwork network;
    private final LightClientHeader finalized;
    private final LightClientHeader optimistic;
    private final CommitteeKeys current;
    private final Optional<CommitteeKeys> next;
    private final Optional<Justification> finalizedBy;
    private final Optional<Justification> optimisticBy;

    private LightClientStore(
            BeaconNetwork network,
            Proven finalized,
            Proven optimistic,
            CommitteeKeys current,
            Optional<CommitteeKeys> next) {
        this.network = network;
        this.finalized = finalized.header();
        this.finalizedBy = finalized.by();
        this.optimistic = optimistic.header();
        this.optimisticBy = optimistic.by();
        this.current = current;
        this.next = next;
    }

    /** A block, and who signed for it; nobody for the one that is trusted. */
    private record Proven(LightClientHeader header, Optional<Justification> by) {}

    /**
     * {@code initialize_light_client_store}: begins at a block that is trusted by its root.
     *
     * @param trustedRoot of a finalised block
     * @param bootstrap of that block, from anyone
     */
    public static Outcome begin(
            BeaconNetwork network, Hash32 trustedRoot, LightClientBootstrap bootstrap) {
        Optional<Refusal> refusal = firstFailed(network, trustedRoot, bootstrap);
        if (refusal.isPresent()) {
            return Outcome.refused(refusal.get());
        }
        Proven trusted = new Proven(bootstrap.header(), Optional.empty());
        return switch (CommitteeKeys.validate(bootstrap.committee())) {
            case Parsed.Good<CommitteeKeys> good ->
                    new Outcome.Accepted(
                            new LightClientStore(
                                    network, trusted, trusted, good.value(), Optional.empty()));
            case Parsed.Bad<CommitteeKeys> bad ->
                    Outcome.refused(new Refusal(Check.COMMITTEE_KEYS, bad.faults().getFirst()));
        };
    }

    private static Optional<Refusal> firstFailed(
            BeaconNetwork network, Hash32 trustedRoot, LightClientBootstrap bootstrap) {
        LightClientHeader header = bootstrap.header();
        Hash32 root = header.beacon().root();
        if (!root.equals(trustedRoot)) {
            return refuse(Check.TRUSTED_ROOT, "header.beacon", root, trustedRoot.toString());
        }
        Optional<Fork> fork = network.forkAt(header.beacon().slot()).map(ForkActivation::fork);
        if (!fork.equals(Optional.of(bootstrap.fork()))) {
            return refuse(
                    Check.FORK,
                    "version",
                    bootstrap.fork().label(),
                    fork.map(Fork::label).orElse("no message of a fork so old"));
        }
        if (!header.isValid(bootstrap.fork())) {
            return refuse(
                    Check.FINALIZED_HEADER,
                    "execution_branch",
                    "no way from " + header.execution().blockHash(),
                    "one to the trusted block's body");
        }
        if (!bootstrap
                .committeeBranch()
                .proves(
                        bootstrap.committee().root(),
                        bootstrap.fork().currentSyncCommitteeIndex(),
                        header.beacon().stateRoot())) {
            return refuse(
                    Check.CURRENT_COMMITTEE,
                    "current_sync_committee_branch",
                    "no way from " + bootstrap.committee().root(),
                    "one to the trusted block's state");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(
            Check check, String path, Object found, String expected) {
        return Optional.of(Refusal.of(check, path, found, expected));
    }

    /**
     * {@code process_light_client_update}, also for finality and optimistic updates.
     *
     * @param currentSlot that runs now, by the caller's clock and with its slack
     */
    public Outcome process(LightClientUpdate update, long currentSlot) {
        return new UpdateChecks(this, update)
                .firstFailed(currentSlot)
                .map(Outcome::refused)
                .orElseGet(() -> withOptimistic(update).apply(update));
    }

    /**
     * {@code process_light_client_store_force_update}, which believes an unfinished block because
     * time has passed: refused whatever the store holds.
     */
    public Outcome.Refused forceUpdate() {
        return new Outcome.Refused(
                Refusal.of(
                        Check.FORCED_UPDATE,
                        "finalized_header",
                        "no finality since slot " + finalized.beacon().slot(),
                        "a finalised block that two thirds signed"));
    }

    private LightClientStore withOptimistic(LightClientUpdate update) {
        return update.attested().beacon().slot() > optimistic.beacon().slot()
                ? new LightClientStore(
                        network,
                        finalizedProven(),
                        new Proven(update.attested(), Optional.of(justification(update))),
                        current,
                        next)
                : this;
    }

    /** {@code apply_light_client_update}, where there is something to apply. */
    private Outcome apply(LightClientUpdate update) {
        if (update.finality().isEmpty()) {
            return new Outcome.Accepted(this);
        }
        Finality finality = update.finality().get();
        long slot = finality.header().beacon().slot();
        boolean namesNext =
                next.isEmpty()
                        && update.next().isPresent()
                        && network.periodAt(slot)
                                == network.periodAt(update.attested().beacon().slot());
        if (slot <= finalized.beacon().slot() && !namesNext) {
            return new Outcome.Accepted(this);
        }
        long period = network.periodAt(slot);
        boolean follows =
                next.isEmpty() ? period == period() : period == period() || period == period() + 1;
        if (!follows) {
            return Outcome.refused(
                    Refusal.of(
                            Check.FINALIZED_PERIOD,
                            "finalized_header",
                            "period " + period,
                            "period " + period() + " or the next"));
        }
        return adopt(update, finality.header(), period);
    }

    private Outcome adopt(LightClientUpdate update, LightClientHeader header, long period) {
        boolean rotates = next.isPresent() && period == period() + 1;
        if (next.isPresent() && !rotates) {
            return new Outcome.Accepted(with(update, header, current, next));
        }
        CommitteeKeys signing = rotates ? next.orElseThrow() : current;
        Optional<SyncCommittee> named = update.next().map(n -> n.committee());
        if (named.isEmpty()) {
            return new Outcome.Accepted(with(update, header, signing, Optional.empty()));
        }
        return switch (CommitteeKeys.validate(named.get())) {
            case Parsed.Good<CommitteeKeys> good ->
                    new Outcome.Accepted(with(update, header, signing, Optional.of(good.value())));
            case Parsed.Bad<CommitteeKeys> bad ->
                    Outcome.refused(new Refusal(Check.COMMITTEE_KEYS, bad.faults().getFirst()));
        };
    }

    private LightClientStore with(
            LightClientUpdate update,
            LightClientHeader header,
            CommitteeKeys signing,
            Optional<CommitteeKeys> following) {
        boolean newer = header.beacon().slot() > finalized.beacon().slot();
        Proven proven = new Proven(header, Optional.of(justification(update)));
        boolean newest = newer && header.beacon().slot() > optimistic.beacon().slot();
        return new LightClientStore(
                network,
                newer ? proven : finalizedProven(),
                newest ? proven : new Proven(optimistic, optimisticBy),
                signing,
                following);
    }

    private Proven finalizedProven() {
        return new Proven(finalized, finalizedBy);
    }

    private Justification justification(LightClientUpdate update) {
        return new Justification(
                network.periodAt(update.signatureSlot()),
                update.aggregate().signers(),
                network.preset().syncCommitteeSize());
    }

    public BeaconNetwork network() {
        return network;
    }

    /** The newest block that is final. */
    public LightClientHeader finalized() {
        return finalized;
    }

    /** Who signed for {@link #finalized}; empty for the block that was trusted from the start. */
    public Optional<Justification> finalizedBy() {
        return finalizedBy;
    }

    /** The newest block that two thirds of a committee signed, final or not. */
    public LightClientHeader optimistic() {
        return optimistic;
    }

    /** Who signed for {@link #optimistic}. */
    public Optional<Justification> optimisticBy() {
        return optimisticBy;
    }

    /** The period of {@link #finalized}. */
    public long period() {
        return network.periodAt(finalized.beacon().slot());
    }

    /** Whether the committee of the period after {@link #period} is known. */
    public boolean knowsNextCommittee() {
        return next.isPresent();
    }

    CommitteeKeys current() {
        return current;
    }

    Optional<CommitteeKeys> next() {
        return next;
    }
}
