package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;

/**
 * Where the policy comes from: the boundary between how state is justified and what is made of it.
 *
 * <p>An implementation reads everything at one finalised block that it can justify, and gives all
 * names at that block or throws; never a part, never an older state than it gave before. Blocks for
 * as long as its own timeouts say. Called by one thread at a time.
 */
public interface PolicySource {

    /**
     * Reads the newest finalised state.
     *
     * @throws PolicyReadException if it is not to be had, or not to be believed
     */
    PolicyReading read() throws PolicyReadException;
}
