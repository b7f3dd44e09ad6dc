package io.attestgate.policy.beacon.spec;

/**
 * {@code LightClientHeader}: a beacon block, and the execution block in it with the way there.
 *
 * @param beacon the beacon block
 * @param execution claimed to be in it
 * @param executionBranch from the execution payload's root to the block's body
 */
public record LightClientHeader(
        BeaconBlockHeader beacon, ExecutionPayloadHeader execution, Branch executionBranch) {

    /** What stands where a message has no header. */
    public static final LightClientHeader EMPTY =
            new LightClientHeader(
                    BeaconBlockHeader.EMPTY,
                    ExecutionPayloadHeader.EMPTY,
                    Branch.zero(Branch.depthOf(Fork.EXECUTION_PAYLOAD_INDEX)));

    private static final int BEACON_BYTES = BeaconBlockHeader.LAYOUT.fixedBytes();
    private static final Layout LAYOUT =
            Layout.of(
                    BEACON_BYTES,
                    Layout.VARIABLE,
                    32 * Branch.depthOf(Fork.EXECUTION_PAYLOAD_INDEX));

    /**
     * {@code is_valid_light_client_header}: whether the execution block is in the beacon block.
     *
     * @param fork that held at the header's slot, which may be an earlier one than the message's
     */
    public boolean isValid(Fork fork) {
        boolean noBlobGas = execution.blobGasUsed() == 0 && execution.excessBlobGas() == 0;
        return (fork.hasBlobGas() || noBlobGas)
                && executionBranch.proves(
                        execution.root(fork), Fork.EXECUTION_PAYLOAD_INDEX, beacon.bodyRoot());
    }

    static LightClientHeader read(Fields parent, String name, Fork fork) throws Malformed {
        Fields fields = parent.container(name, LAYOUT);
        LightClientHeader header =
                new LightClientHeader(
                        BeaconBlockHeader.read(
                                fields.container("beacon", BeaconBlockHeader.LAYOUT)),
                        ExecutionPayloadHeader.read(
                                fields.container("execution", ExecutionPayloadHeader.layout(fork)),
                                fork),
                        fields.branch("execution_branch", Fork.EXECUTION_PAYLOAD_INDEX));
        fields.end();
        return header;
    }
}
