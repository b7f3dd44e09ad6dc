package io.attestgate.policy.finality;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.proof.ExecutionHeader;
import java.util.Optional;

/**
 * Who says which block is final: the boundary between how a header is justified and what is proven
 * under it.
 *
 * <p>An implementation gives a header that it can justify by its own rule, or throws; it may give
 * the same again, and never one of lower number than it gave before. Blocks for as long as its own
 * timeouts say. Called by one thread at a time.
 */
public interface FinalitySource extends AutoCloseable {

    /**
     * The newest final block that is justified.
     *
     * @throws PolicyReadException if none is to be had, or not to be believed
     */
    FinalisedHeader newest() throws PolicyReadException;

    /**
     * The newest block that is justified short of finality, and newer than {@link #newest}: k of n
     * endpoints agree on it, or a sync committee attested it. Only reductions of trust are read
     * under it, and no anchor moves to it.
     *
     * @return empty where there is none newer
     * @throws PolicyReadException if an answer is not to be had, or not to be believed
     */
    Optional<ExecutionHeader> early() throws PolicyReadException;

    @Override
    void close();
}
