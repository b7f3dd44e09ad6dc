package io.attestgate.policy.finality;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Final is what one endpoint says is final: {@code devnet} trust, for the simulated platform alone.
 *
 * <p>Each header is believed to be one by its hash, and nothing but the endpoint's word makes it
 * final. One thread at a time.
 */
public final class DevnetFinality implements FinalitySource {
    private static final Pattern QUANTITY = Pattern.compile("0x(0|[1-9a-f][0-9a-f]{0,14})");
    private static final Json WITHOUT_TRANSACTIONS = new Json.Bool(false);

    private final long chainId;
    private final JsonRpc rpc;
    private @Nullable ExecutionHeader newest;

    /**
     * @param chainId that the endpoint must have, asked for anew each time
     * @param rpc the endpoint, closed with this
     */
    public DevnetFinality(long chainId, JsonRpc rpc) {
        this.chainId = chainId;
        this.rpc = rpc;
    }

    @Override
    public FinalisedHeader newest() throws PolicyReadException {
        ExecutionHeader header = header("finalized");
        if (newest != null && header.number() < newest.number()) {
            throw refused(
                    Failure.OLDER_BLOCK,
                    "finalised block",
                    Long.toString(header.number()),
                    newest.number() + " or later");
        }
        newest = header;
        return new FinalisedHeader(header, "one endpoint's word");
    }

    @Override
    public Optional<ExecutionHeader> early() throws PolicyReadException {
        long finalised = newest == null ? -1 : newest.number();
        return Optional.of(header("latest")).filter(latest -> latest.number() > finalised);
    }

    @Override
    public void close() {
        rpc.close();
    }

    private ExecutionHeader header(String tag) throws PolicyReadException {
        List<Json> answers;
        try {
            answers =
                    rpc.callAll(
                            List.of(
                                    RpcCall.of("eth_chainId"),
                                    RpcCall.of(
                                            "eth_getBlockByNumber",
                                            new Json.Text(tag),
                                            WITHOUT_TRANSACTIONS)));
        } catch (RpcException e) {
            throw e.asReadFailure();
        }
        requireChain(answers.get(0));
        return header(answers.get(1));
    }

    private void requireChain(Json answer) throws PolicyReadException {
        String expected = "0x" + Long.toHexString(chainId);
        if (!(answer instanceof Json.Text(String found)) || !QUANTITY.matcher(found).matches()) {
            throw refused(Failure.MALFORMED_ANSWER, "eth_chainId", answer.kind(), expected);
        }
        if (!found.equals(expected)) {
            throw new PolicyReadException(
                    Failure.WRONG_CHAIN, Fault.quoted("eth_chainId", found, expected).toString());
        }
    }

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

    private static PolicyReadException refused(
            Failure failure, String name, String found, String expected) {
        return new PolicyReadException(failure, new Fault(name, found, expected).toString());
    }
}
