package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.util.List;
import java.util.Optional;

/** Calls an endpoint and reads its answers as the execution API writes them. */
final class Answers {
    private Answers() {}

    /** Pins what is asked to this very block, on the endpoint's own chain (EIP-1898). */
    static Json pin(ExecutionHeader block) {
        return Json.object("blockHash", block.hash().toString(), "requireCanonical", true);
    }

    static Json one(JsonRpc rpc, String method, Json... parameters) throws PolicyReadException {
        return all(rpc, List.of(RpcCall.of(method, parameters))).getFirst();
    }

    /** The value, or the name of what is wrong with whoever sent it. */
    static <T> T believed(Failure failure, Parsed<T> parsed) throws PolicyReadException {
        return switch (parsed) {
            case Parsed.Good<T> good -> good.value();
            case Parsed.Bad<T> bad ->
                    throw new PolicyReadException(failure, bad.faults().getFirst().toString());
        };
    }

    static List<Json> all(JsonRpc rpc, List<RpcCall> calls) throws PolicyReadException {
        try {
            return rpc.callAll(calls);
        } catch (RpcException e) {
            throw e.asReadFailure();
        }
    }

    static Hash32 hash(String name, Json answer) throws PolicyReadException {
        String text = text(name, answer);
        return Hash32.parse(text).orElseThrow(() -> malformed(name, text, "32 bytes in hex"));
    }

    static byte[] data(String name, Json answer) throws PolicyReadException {
        String text = text(name, answer);
        return Hex.parse(text).orElseThrow(() -> malformed(name, text, "bytes in hex"));
    }

    static Json member(Json.Obj object, String name) throws PolicyReadException {
        Optional<Json> member = object.get(name);
        return member.orElseThrow(() -> malformed(name, "nothing", "a member of the block"));
    }

    static PolicyReadException malformed(String name, String found, String expected) {
        return new PolicyReadException(
                Failure.MALFORMED_ANSWER, Fault.quoted(name, found, expected).toString());
    }

    private static String text(String name, Json answer) throws PolicyReadException {
        if (answer instanceof Json.Text text) {
            return text.value();
        }
        throw malformed(name, answer.kind(), "a string");
    }
}
