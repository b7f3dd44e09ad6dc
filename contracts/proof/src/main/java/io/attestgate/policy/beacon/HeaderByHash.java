package io.attestgate.policy.beacon;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;

/**
 * Fetches the execution layer's header of a hash that is known to be right, from endpoints that
 * need no trust: keccak256 of the header is that hash, or the answer is refused.
 */
record HeaderByHash(ProofEndpoints endpoints) {

    ExecutionHeader fetch(Hash32 hash) throws PolicyReadException {
        return endpoints.ask(rpc -> fetch(rpc, hash));
    }

    private static ExecutionHeader fetch(JsonRpc rpc, Hash32 hash) throws PolicyReadException {
        Json block;
        try {
            block =
                    rpc.call(
                            "eth_getBlockByHash",
                            new Json.Text(hash.toString()),
                            new Json.Bool(false));
        } catch (RpcException e) {
            throw e.asReadFailure();
        }
        return switch (ExecutionHeader.ofJson(block, hash)) {
            case Parsed.Good<ExecutionHeader> good -> good.value();
            case Parsed.Bad<ExecutionHeader> bad ->
                    throw new PolicyReadException(
                            Failure.WRONG_HEADER, "block " + hash + ": " + bad.faults().getFirst());
        };
    }
}
