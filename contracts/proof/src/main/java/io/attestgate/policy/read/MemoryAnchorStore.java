package io.attestgate.policy.read;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the anchor for as long as the process lives. */
final class MemoryAnchorStore implements AnchorStore {
    private @Nullable PolicyAnchor anchor;

    @Override
    public synchronized Optional<PolicyAnchor> load() {
        return Optional.ofNullable(anchor);
    }

    @Override
    public synchronized void store(PolicyAnchor newest) {
        anchor = newest;
    }
}
