package io.attestgate.policy.beacon;

import java.io.IOException;
import java.util.Optional;

/**
 * Keeps the newest final block across restarts. Storage is the operator's, so an implementation
 * seals what it writes and refuses what it did not write.
 *
 * <p>Called by one thread at a time.
 */
public interface CheckpointStore {

    /**
     * The one kept last; empty if there never was one.
     *
     * @throws IOException if there is one and it cannot be read or believed
     */
    Optional<LightClientCheckpoint> load() throws IOException;

    /**
     * Keeps it in place of the one before; it is kept once this returns.
     *
     * @throws IOException if it is not known to be kept
     */
    void store(LightClientCheckpoint checkpoint) throws IOException;

    /** Keeps nothing: every start is from the bootstrap file's checkpoint. */
    static CheckpointStore none() {
        return new CheckpointStore() {
            @Override
            public Optional<LightClientCheckpoint> load() {
                return Optional.empty();
            }

            @Override
            public void store(LightClientCheckpoint checkpoint) {}
        };
    }
}
