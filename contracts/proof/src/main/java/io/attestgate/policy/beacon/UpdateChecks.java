package io.attestgate.policy.beacon;

import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.ForkActivation;
import io.attestgate.policy.beacon.spec.LightClientHeader;
import io.attestgate.policy.beacon.spec.LightClientUpdate;
import io.attestgate.policy.beacon.spec.LightClientUpdate.Finality;
import io.attestgate.policy.beacon.spec.LightClientUpdate.NextCommittee;
import io.attestgate.wire.Hash32;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code validate_light_client_update}: each check by its name, the cheap ones first and the
 * signature last, so that a lie costs as little as it can.
 *
 * <p>Stricter than the specification in three things: two thirds must have signed, always; a
 * message is of the fork that holds at its attested slot; a finality update that names the genesis
 * block is refused.
 */
final class UpdateChecks {
    private final LightClientStore store;
    private final BeaconNetwork network;
    private final LightClientUpdate update;
    private final long attestedSlot;
    private final long signatureSlot;

    UpdateChecks(LightClientStore store, LightClientUpdate update) {
        this.store = store;
        this.network = store.network();
        this.update = update;
        this.attestedSlot = update.attested().beacon().slot();
        this.signatureSlot = update.signatureSlot();
    }

    /** The first check that fails; empty if the update is right in all of them. */
    Optional<Refusal> firstFailed(long currentSlot) {
        List<Supplier<Optional<Refusal>>> checks =
                List.of(
                        this::participation,
                        () -> slots(currentSlot),
                        this::fork,
                        this::signaturePeriod,
                        this::relevance,
                        () -> header(Check.ATTESTED_HEADER, update.attested()),
                        this::finality,
                        this::nextCommittee,
                        this::signature);
        return checks.stream().map(Supplier::get).flatMap(Optional::stream).findFirst();
    }

    private Optional<Refusal> participation() {
        int size = network.preset().syncCommitteeSize();
        return require(
                update.aggregate().isSupermajority(network.preset()),
                Check.PARTICIPATION,
                "sync_committee_bits",
                update.aggregate().signers(),
                "two thirds of " + size);
    }

    private Optional<Refusal> slots(long currentSlot) {
        if (signatureSlot > currentSlot) {
            return refuse(Check.FUTURE, "signature_slot", signatureSlot, "at most " + currentSlot);
        }
        long finalizedSlot = update.finality().map(f -> f.header().beacon().slot()).orElse(0L);
        return require(
                signatureSlot > attestedSlot && attestedSlot >= finalizedSlot,
                Check.SLOT_ORDER,
                "signature_slot, attested_header, finalized_header",
                "%d, %d, %d".formatted(signatureSlot, attestedSlot, finalizedSlot),
                "descending, the first two strictly");
    }

    private Optional<Refusal> fork() {
        Optional<Fork> fork = network.forkAt(attestedSlot).map(ForkActivation::fork);
        return require(
                fork.equals(Optional.of(update.fork())),
                Check.FORK,
                "version",
                update.fork().label(),
                fork.map(Fork::label).orElse("no message of a fork so old"));
    }

    private Optional<Refusal> signaturePeriod() {
        long period = network.periodAt(signatureSlot);
        long ours = store.period();
        return require(
                period == ours || (period == ours + 1 && store.next().isPresent()),
                Check.SIGNATURE_PERIOD,
                "signature_slot",
                "period " + period,
                "period " + ours + (store.next().isPresent() ? " or the next" : ""));
    }

    private Optional<Refusal> relevance() {
        boolean namesNext =
                store.next().isEmpty()
                        && update.next().isPresent()
                        && network.periodAt(attestedSlot) == store.period();
        long finalizedSlot = store.finalized().beacon().slot();
        return require(
                attestedSlot > finalizedSlot || namesNext,
                Check.RELEVANCE,
                "attested_header.beacon.slot",
                attestedSlot,
                "after " + finalizedSlot);
    }

    private Optional<Refusal> header(Check check, LightClientHeader header) {
        long slot = header.beacon().slot();
        boolean valid = network.forkAt(slot).filter(at -> header.isValid(at.fork())).isPresent();
        return require(
                valid,
                check,
                "execution_branch",
                "no way from " + header.execution().blockHash(),
                "one to the body of the block at slot " + slot);
    }

    private Optional<Refusal> finality() {
        if (update.finality().isEmpty()) {
            return Optional.empty();
        }
        Finality finality = update.finality().get();
        Hash32 root = finality.header().beacon().root();
        boolean proven =
                finality.branch()
                        .proves(
                                root,
                                update.fork().finalizedRootIndex(),
                                update.attested().beacon().stateRoot());
        return header(Check.FINALIZED_HEADER, finality.header())
                .or(
                        () ->
                                require(
                                        proven,
                                        Check.FINALITY,
                                        "finality_branch",
                                        "no way from " + root,
                                        "one to the attested block's state"));
    }

    private Optional<Refusal> nextCommittee() {
        if (update.next().isEmpty()) {
            return Optional.empty();
        }
        NextCommittee claimed = update.next().get();
        Hash32 root = claimed.committee().root();
        Optional<Hash32> known =
                store.next()
                        .filter(k -> network.periodAt(attestedSlot) == store.period())
                        .map(keys -> keys.committee().root());
        if (known.isPresent() && !known.get().equals(root)) {
            return refuse(
                    Check.SAME_COMMITTEE, "next_sync_committee", root, known.get().toString());
        }
        return require(
                claimed.branch()
                        .proves(
                                root,
                                update.fork().nextSyncCommitteeIndex(),
                                update.attested().beacon().stateRoot()),
                Check.NEXT_COMMITTEE,
                "next_sync_committee_branch",
                "no way from " + root,
                "one to the attested block's state");
    }

    private Optional<Refusal> signature() {
        boolean current = network.periodAt(signatureSlot) == store.period();
        CommitteeKeys keys = current ? store.current() : store.next().orElseThrow();
        // The fork is that of the slot before, at which the committee signed.
        ForkActivation fork = network.forkAt(signatureSlot - 1).orElseThrow();
        Hash32 signed =
                SigningRoot.of(
                        update.attested().beacon(),
                        fork.version(),
                        network.genesisValidatorsRoot());
        return require(
                keys.verify(update.aggregate(), signed),
                Check.SIGNATURE,
                "sync_committee_signature",
                update.aggregate().signature(),
                "one of period %d over %s".formatted(network.periodAt(signatureSlot), signed));
    }

    private static Optional<Refusal> require(
            boolean holds, Check check, String path, Object found, String expected) {
        return holds ? Optional.empty() : refuse(check, path, found, expected);
    }

    private static Optional<Refusal> refuse(
            Check check, String path, Object found, String expected) {
        return Optional.of(Refusal.of(check, path, found, expected));
    }
}
