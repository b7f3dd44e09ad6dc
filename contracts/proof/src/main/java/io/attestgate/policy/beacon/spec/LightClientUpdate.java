package io.attestgate.policy.beacon.spec;

import java.util.Optional;

/**
 * {@code LightClientUpdate}, {@code LightClientFinalityUpdate} or {@code
 * LightClientOptimisticUpdate}, as bytes claim it: the last two are the first with parts left out.
 *
 * @param fork whose containers the message is made of
 * @param attested the block that was signed
 * @param next the committee of the period after the attested block's
 * @param finality the block that is final in the attested block's state
 * @param aggregate who signed
 * @param signatureSlot of the block that carried the signature
 */
public record LightClientUpdate(
        Fork fork,
        LightClientHeader attested,
        Optional<NextCommittee> next,
        Optional<Finality> finality,
        SyncAggregate aggregate,
        long signatureSlot) {

    /** {@code next_sync_committee} and its branch to the attested block's state. */
    public record NextCommittee(SyncCommittee committee, Branch branch) {}

    /** {@code finalized_header} and its branch to the attested block's state. */
    public record Finality(LightClientHeader header, Branch branch) {}

    static Layout layout(Fork fork, Preset preset) {
        return Layout.of(
                Layout.VARIABLE,
                SyncCommittee.layout(preset).fixedBytes(),
                32 * Branch.depthOf(fork.nextSyncCommitteeIndex()),
                Layout.VARIABLE,
                32 * Branch.depthOf(fork.finalizedRootIndex()),
                SyncAggregate.layout(preset).fixedBytes(),
                Long.BYTES);
    }

    static Layout finalityLayout(Fork fork, Preset preset) {
        return Layout.of(
                Layout.VARIABLE,
                Layout.VARIABLE,
                32 * Branch.depthOf(fork.finalizedRootIndex()),
                SyncAggregate.layout(preset).fixedBytes(),
                Long.BYTES);
    }

    static Layout optimisticLayout(Preset preset) {
        return Layout.of(Layout.VARIABLE, SyncAggregate.layout(preset).fixedBytes(), Long.BYTES);
    }

    static LightClientUpdate read(Fields fields, Fork fork, Preset preset) throws Malformed {
        LightClientHeader attested = LightClientHeader.read(fields, "attested_header", fork);
        Optional<NextCommittee> next = next(fields, fork, preset);
        return read(fields, fork, preset, attested, next, finality(fields, fork));
    }

    static LightClientUpdate readFinality(Fields fields, Fork fork, Preset preset)
            throws Malformed {
        LightClientHeader attested = LightClientHeader.read(fields, "attested_header", fork);
        return read(fields, fork, preset, attested, Optional.empty(), finality(fields, fork));
    }

    static LightClientUpdate readOptimistic(Fields fields, Fork fork, Preset preset)
            throws Malformed {
        LightClientHeader attested = LightClientHeader.read(fields, "attested_header", fork);
        return read(fields, fork, preset, attested, Optional.empty(), Optional.empty());
    }

    private static LightClientUpdate read(
            Fields fields,
            Fork fork,
            Preset preset,
            LightClientHeader attested,
            Optional<NextCommittee> next,
            Optional<Finality> finality)
            throws Malformed {
        SyncAggregate aggregate = SyncAggregate.read(fields, preset);
        long signatureSlot = fields.slot("signature_slot");
        fields.end();
        return new LightClientUpdate(fork, attested, next, finality, aggregate, signatureSlot);
    }

    /** {@code is_sync_committee_update}: a zero branch says that there is none. */
    private static Optional<NextCommittee> next(Fields fields, Fork fork, Preset preset)
            throws Malformed {
        SyncCommittee committee = SyncCommittee.read(fields, "next_sync_committee", preset);
        Branch branch = fields.branch("next_sync_committee_branch", fork.nextSyncCommitteeIndex());
        if (!branch.isZero()) {
            return Optional.of(new NextCommittee(committee, branch));
        }
        if (!committee.isEmpty()) {
            throw unproven(fields, "next_sync_committee");
        }
        return Optional.empty();
    }

    /** {@code is_finality_update}: a zero branch says that it is none. */
    private static Optional<Finality> finality(Fields fields, Fork fork) throws Malformed {
        LightClientHeader header = LightClientHeader.read(fields, "finalized_header", fork);
        Branch branch = fields.branch("finality_branch", fork.finalizedRootIndex());
        if (!branch.isZero()) {
            return Optional.of(new Finality(header, branch));
        }
        if (!header.equals(LightClientHeader.EMPTY)) {
            throw unproven(fields, "finalized_header");
        }
        return Optional.empty();
    }

    private static Malformed unproven(Fields fields, String name) {
        return new Malformed(
                fields.path() + "." + name, "a value", "zeros, since its branch is zero");
    }
}
