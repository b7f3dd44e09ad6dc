package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;

/** Where the contracts that the policy names are read in final state. */
public interface FinalState {

    /**
     * Their state at the final block of {@code point}, which was just read.
     *
     * @throws PolicyReadException if it is not to be had, or not to be believed
     */
    NamedState at(PolicyPoint point) throws PolicyReadException;
}
