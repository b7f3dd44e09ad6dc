package io.attestgate.policy.rpc;

import io.attestgate.policy.PolicyReadException;

/**
 * Something that any one endpoint can answer, and that can be put to another endpoint if the first
 * does not.
 *
 * @param <T> what it gives
 */
@FunctionalInterface
public interface Question<T> {

    /**
     * Asks this endpoint and judges its answer.
     *
     * @param rpc the endpoint, which the question does not keep
     * @throws PolicyReadException if there is no answer, or it is not to be believed; its name
     *     decides what becomes of the endpoint
     */
    T askOf(JsonRpc rpc) throws PolicyReadException;
}
