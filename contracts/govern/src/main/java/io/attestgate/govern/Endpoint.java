package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.govern.GovernException.Cause;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is asked of an Ethereum endpoint to send a transaction (EIP-1474), with its answers as
 * values.
 */
final class Endpoint implements AutoCloseable {
    private static final Json LATEST = new Json.Text("latest");

    private final URI uri;
    private final JsonRpc rpc;

    Endpoint(EndpointAccess access) {
        this.uri = access.uri();
        this.rpc = access.connection().get();
    }

    /** Calls a method that fails only where the endpoint does. */
    Json call(String method, String... parameters) throws GovernException {
        try {
            return rpc.call(method, Stream.of(parameters).map(Json.Text::new).toArray(Json[]::new));
        } catch (RpcException e) {
            throw failed(e);
        }
    }

    /** The same for a method that takes more than texts. */
    Json ask(String method, Json... parameters) throws GovernException {
        try {
            return rpc.call(method, parameters);
        } catch (RpcException e) {
            throw failed(e);
        }
    }

    /** Runs a call on the newest state and throws it away; empty if it succeeds. */
    Optional<Revert> rehearse(List<ContractArtifact> known, Json.Obj call) throws GovernException {
        try {
            rpc.call("eth_call", call, LATEST);
            return Optional.empty();
        } catch (RpcException e) {
            if (e.kind() != RpcException.Kind.ERROR) {
                throw failed(e);
            }
            return e.data()
                    .map(data -> Revert.of(known, data))
                    .or(() -> Optional.of(Revert.without(e.getMessage())));
        }
    }

    /** What a call gives on the newest state; empty where it reverts. */
    Optional<byte[]> view(Address contract, Call call) throws GovernException {
        Json.Obj asked = Json.object("to", contract.toString(), "data", call.data());
        try {
            Json answer = rpc.call("eth_call", asked, LATEST);
            return Optional.of(
                    text(answer)
                            .flatMap(Hex::parse)
                            .orElseThrow(
                                    () -> failed("eth_call: no bytes (expected: hexadecimal)")));
        } catch (RpcException e) {
            if (e.kind() != RpcException.Kind.ERROR) {
                throw failed(e);
            }
            return Optional.empty();
        }
    }

    /** Calls a method whose result is a number. */
    BigInteger quantity(String method, String... parameters) throws GovernException {
        return quantityOf(method, call(method, parameters));
    }

    /** Reads a number as EIP-1474 writes it. */
    BigInteger quantityOf(String what, Json value) throws GovernException {
        if (value instanceof Json.Text(String text) && text.matches("0x[0-9a-f]{1,64}")) {
            return new BigInteger(text.substring(2), 16);
        }
        throw failed("%s: %s (expected: a hexadecimal number)".formatted(what, value.kind()));
    }

    /** Calls a method whose result is bytes. */
    byte[] bytes(String method, String... parameters) throws GovernException {
        Json value = call(method, parameters);
        return text(value)
                .flatMap(Hex::parse)
                .orElseThrow(
                        () ->
                                failed(
                                        "%s: %s (expected: hexadecimal bytes)"
                                                .formatted(method, value.kind())));
    }

    static Optional<String> text(Json value) {
        return value instanceof Json.Text(String text) ? Optional.of(text) : Optional.empty();
    }

    static Optional<String> text(Json.Obj object, String member) {
        return object.get(member).flatMap(Endpoint::text);
    }

    private GovernException failed(RpcException e) {
        return GovernException.endpoint("%s: %s".formatted(uri, e.getMessage()), e);
    }

    private GovernException failed(String fault) {
        return new GovernException(Cause.ENDPOINT, "%s: %s".formatted(uri, fault));
    }

    @Override
    public void close() {
        rpc.close();
    }
}
