package io.attestgate.policy.finality;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.KeyedAnswer;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks an endpoint for a header, together with the id of its chain, and believes of the answer what
 * its own hash proves.
 *
 * @param chainId that the endpoint's chain must have
 */
record HeaderCalls(long chainId) {
    private static final Pattern QUANTITY = Pattern.compile("0x(0|[1-9a-f][0-9a-f]{0,14})");
    private static final Json WITHOUT_TRANSACTIONS = new Json.Bool(false);

    /** How final a block is, in the words of the execution API. */
    enum Tag {
        FINALIZED("finalized"),
        LATEST("latest");

        private final String word;

        Tag(String word) {
            this.word = word;
        }
    }

    /**
     * @param header whose hash its fields make
     * @param key of the TLS connection that brought it
     */
    record Keyed(ExecutionHeader header, Optional<Hash32> key) {}

    Keyed newest(JsonRpc rpc, Tag tag) throws PolicyReadException {
        return block(rpc, new Json.Text(tag.word));
    }

    Keyed at(JsonRpc rpc, long number) throws PolicyReadException {
        Keyed found = block(rpc, new Json.Text("0x" + Long.toHexString(number)));
        if (found.header().number() != number) {
            throw refused(
                    Failure.WRONG_HEADER,
                    "block",
                    Long.toString(found.header().number()),
                    Long.toString(number));
        }
        return found;
    }

    private Keyed block(JsonRpc rpc, Json which) throws PolicyReadException {
        List<RpcCall> calls =
                List.of(
                        RpcCall.of("eth_chainId"),
                        RpcCall.of("eth_getBlockByNumber", which, WITHOUT_TRANSACTIONS));
        KeyedAnswer answer;
        try {
            answer = rpc.callKeyed(calls);
        } catch (RpcException e) {
            throw e.asReadFailure();
        }
        requireChain(answer.results().get(0));
        return new Keyed(header(answer.results().get(1)), answer.key());
    }

    private void requireChain(Json answer) throws PolicyReadException {
        String expected = "0x" + Long.toHexString(chainId);
        if (!(answer instanceof Json.Text text) || !QUANTITY.matcher(text.value()).matches()) {
            throw refused(Failure.MALFORMED_ANSWER, "eth_chainId", answer.kind(), expected);
        }
        if (!text.value().equals(expected)) {
            throw new PolicyReadException(
                    Failure.WRONG_CHAIN,
                    Fault.quoted("eth_chainId", text.value(), expected).toString());
        }
    }

    /** An endpoint without the block says null, which is no lie. */
    private static ExecutionHeader header(Json block) throws PolicyReadException {
        if (!(block instanceof Json.Obj)) {
            throw refused(Failure.MALFORMED_ANSWER, "block", block.kind(), "a block");
        }
        return switch (ExecutionHeader.ofJson(block)) {
            case Parsed.Good<ExecutionHeader> good -> good.value();
            case Parsed.Bad<ExecutionHeader> bad ->
                    throw new PolicyReadException(
                            Failure.WRONG_HEADER, bad.faults().getFirst().toString());
        };
    }

    static PolicyReadException refused(
            Failure failure, String name, String found, String expected) {
        return new PolicyReadException(failure, new Fault(name, found, expected).toString());
    }
}
