package io.attestgate.peer.beacon;

import io.attestgate.policy.beacon.spec.BeaconBlockHeader;
import io.attestgate.policy.beacon.spec.ExecutionPayloadHeader;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.LightClientHeader;
import io.attestgate.wire.Hash32;
import java.util.Map;

/**
 * An invented beacon block with a real execution block in it.
 *
 * @param header as light clients see it
 * @param state after it
 */
record BeaconBlock(LightClientHeader header, SparseTree state) {

    static BeaconBlock of(
            Fork fork, long slot, Hash32 parent, ExecutionPayloadHeader payload, SparseTree state) {
        SparseTree body = new SparseTree(Map.of(Fork.EXECUTION_PAYLOAD_INDEX, payload.root(fork)));
        return new BeaconBlock(
                new LightClientHeader(
                        new BeaconBlockHeader(slot, 0, parent, state.root(), body.root()),
                        payload,
                        body.branch(Fork.EXECUTION_PAYLOAD_INDEX)),
                state);
    }

    Hash32 root() {
        return header.beacon().root();
    }
}
