package io.attestgate.policy.rpc;

import io.attestgate.wire.Json;
import java.util.List;

/**
 * One method with its parameters.
 *
 * @param method such as {@code eth_chainId}
 * @param parameters by position
 */
public record RpcCall(String method, List<Json> parameters) {
    public RpcCall {
        parameters = List.copyOf(parameters);
    }

    public static RpcCall of(String method, Json... parameters) {
        return new RpcCall(method, List.of(parameters));
    }

    Json request(int id) {
        return Json.object(
                "jsonrpc", "2.0", "id", id, "method", method, "params", new Json.Arr(parameters));
    }
}
