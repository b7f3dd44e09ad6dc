package io.attestgate.policy.finality;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.finality.HeaderCalls.Tag;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.JsonRpc;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Believes one endpoint about which block is final: {@code devnet} trust, for a chain of one's own
 * machine and the simulated platform alone.
 *
 * <p>Of a block it believes what the hash proves; that the block is final, or on the chain at all,
 * it believes unproven. One thread.
 */
public final class DevnetFinality implements FinalitySource {
    private static final String JUSTIFICATION = "one endpoint's word";

    private final HeaderCalls calls;
    private final JsonRpc rpc;
    private @Nullable ExecutionHeader newest;

    /**
     * @param chainId that the endpoint must have, asked for anew each time
     * @param rpc the endpoint, closed with this
     */
    public DevnetFinality(long chainId, JsonRpc rpc) {
        this.calls = new HeaderCalls(chainId);
        this.rpc = rpc;
    }

    @Override
    public FinalisedHeader newest() throws PolicyReadException {
        ExecutionHeader told = header(Tag.FINALIZED);
        if (newest != null) {
            requireNotBefore(newest, told);
        }
        newest = told;
        return new FinalisedHeader(told, JUSTIFICATION);
    }

    @Override
    public Optional<ExecutionHeader> early() throws PolicyReadException {
        ExecutionHeader told = header(Tag.LATEST);
        long finalised = newest == null ? -1 : newest.number();
        return Optional.of(told).filter(latest -> latest.number() > finalised);
    }

    @Override
    public void close() {
        rpc.close();
    }

    private ExecutionHeader header(Tag tag) throws PolicyReadException {
        return calls.newest(rpc, tag).header();
    }

    private static void requireNotBefore(ExecutionHeader before, ExecutionHeader told)
            throws PolicyReadException {
        if (told.number() < before.number()) {
            throw HeaderCalls.refused(
                    Failure.OLDER_BLOCK,
                    "finalised block",
                    Long.toString(told.number()),
                    before.number() + " or later");
        }
        if (told.number() == before.number() && !told.hash().equals(before.hash())) {
            throw HeaderCalls.refused(
                    Failure.FORKED_HEAD,
                    "hash of finalised block " + told.number(),
                    told.hash().toString(),
                    before.hash().toString());
        }
    }
}
