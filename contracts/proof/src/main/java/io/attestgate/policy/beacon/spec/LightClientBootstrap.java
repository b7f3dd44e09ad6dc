package io.attestgate.policy.beacon.spec;

/**
 * {@code LightClientBootstrap}: a block and the committee of its period, as bytes claim it.
 *
 * @param fork whose containers the message is made of
 * @param header the block
 * @param committee claimed to sign in the block's period
 * @param committeeBranch from the committee to the block's state
 */
public record LightClientBootstrap(
        Fork fork, LightClientHeader header, SyncCommittee committee, Branch committeeBranch) {

    static Layout layout(Fork fork, Preset preset) {
        return Layout.of(
                Layout.VARIABLE,
                SyncCommittee.layout(preset).fixedBytes(),
                32 * Branch.depthOf(fork.currentSyncCommitteeIndex()));
    }

    static LightClientBootstrap read(Fields fields, Fork fork, Preset preset) throws Malformed {
        LightClientBootstrap bootstrap =
                new LightClientBootstrap(
                        fork,
                        LightClientHeader.read(fields, "header", fork),
                        SyncCommittee.read(fields, "current_sync_committee", preset),
                        fields.branch(
                                "current_sync_committee_branch", fork.currentSyncCommitteeIndex()));
        fields.end();
        return bootstrap;
    }
}
