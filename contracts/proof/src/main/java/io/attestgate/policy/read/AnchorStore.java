package io.attestgate.policy.read;

import java.io.IOException;
import java.util.Optional;

/**
 * Keeps the anchor across restarts. Storage is the operator's, so an implementation seals what it
 * writes and refuses what it did not write last.
 *
 * <p>Called by one thread at a time.
 */
public interface AnchorStore {

    /**
     * The anchor kept last; empty if there never was one.
     *
     * @throws IOException if there is one and it cannot be read or believed
     */
    Optional<PolicyAnchor> load() throws IOException;

    /**
     * Keeps {@code anchor} in place of the one before; it is kept once this returns.
     *
     * @throws IOException if it is not known to be kept
     */
    void store(PolicyAnchor anchor) throws IOException;

    /** Keeps the anchor in memory: monotone from a start to its end, not across. */
    static AnchorStore inMemory() {
        return new MemoryAnchorStore();
    }
}
