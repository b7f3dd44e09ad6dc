package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.List;
import java.util.Optional;

/**
 * State of the contracts that the policy names, all at one block: the boundary between how it is
 * justified and what is made of it.
 *
 * <p>The address comes from the policy's own slot; the code there has the hash that the bootstrap
 * file pins for that address, or nothing is read. One thread at a time.
 */
public interface NamedState {

    /** Where the policy says that it is; empty where the slot is zero. */
    Optional<Address> addressOf(NamedContract contract) throws PolicyReadException;

    /**
     * The words in these slots, in the same order.
     *
     * @throws PolicyReadException unless every one could be read and believed; {@code WRONG_CODE}
     *     or {@code NO_CONTRACT} where the code is another than the pinned
     */
    List<Hash32> words(NamedContract contract, List<Hash32> slots) throws PolicyReadException;
}
