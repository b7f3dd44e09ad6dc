package io.attestgate.policy.rpc;

import io.attestgate.policy.PolicyReadException;

/**
 * Endpoints for data that needs no trust, since whoever asks proves it: which of them is asked is
 * not the asker's affair.
 *
 * <p>Blocks for as long as the limits of {@link JsonRpc} allow, once for each endpoint. For any
 * thread.
 */
public interface ProofEndpoints extends AutoCloseable {

    /**
     * Puts the question to one endpoint after the other, to each at most once, until one answers.
     *
     * @throws PolicyReadException of the endpoint where there is one; naming what each failed by
     *     where there are several; at once, without asking another, if the failure is not an
     *     endpoint's: {@link PolicyReadException.Fault#CONTRACT}, {@link
     *     PolicyReadException.Fault#OURSELVES}
     */
    <T> T ask(Question<T> question) throws PolicyReadException;

    @Override
    void close();

    /** One endpoint alone, closed with what this gives. */
    static ProofEndpoints of(JsonRpc rpc) {
        return new OneEndpoint(rpc);
    }
}
