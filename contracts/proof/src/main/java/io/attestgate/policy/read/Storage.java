package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.wire.Hash32;
import java.util.List;

/** The storage of the contract at one block: how it was justified is the implementation's. */
interface Storage {

    /**
     * The words in these slots, in the same order.
     *
     * @throws PolicyReadException unless every one could be read and believed
     */
    List<Word> read(List<Hash32> slots) throws PolicyReadException;
}
