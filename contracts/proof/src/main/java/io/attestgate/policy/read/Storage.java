package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.wire.Hash32;
import java.util.List;

/** The storage of one contract at one block: how it was justified is the implementation's. */
public interface Storage {

    /**
     * The words in these slots, in the same order.
     *
     * @param slots each once
     * @throws PolicyReadException unless every one could be read and believed
     */
    List<Hash32> words(List<Hash32> slots) throws PolicyReadException;
}
