package io.attestgate.peer.beacon;

import io.attestgate.policy.beacon.spec.ExecutionPayloadHeader;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Json;
import java.util.List;

/**
 * The final and the newest block of an execution chain, at one look.
 *
 * @param finalized as the endpoint says
 * @param latest as the endpoint says
 */
record Execution(ExecutionPayloadHeader finalized, ExecutionPayloadHeader latest) {

    static Execution look(JsonRpc rpc) throws RpcException {
        List<Json> blocks = rpc.callAll(List.of(block("finalized"), block("latest")));
        return new Execution(payload(blocks.get(0)), payload(blocks.get(1)));
    }

    private static RpcCall block(String tag) {
        return RpcCall.of("eth_getBlockByNumber", new Json.Text(tag), new Json.Bool(false));
    }

    private static ExecutionPayloadHeader payload(Json block) {
        if (block instanceof Json.Obj object) {
            return PayloadOfBlock.of(object);
        }
        throw new IllegalStateException("block: %s (expected: a block)".formatted(block.kind()));
    }
}
