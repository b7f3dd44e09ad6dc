package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets points pass that go on from the newest one that passed, across restarts.
 *
 * <p>Each point counts at once in memory. The store is written when the policy changed, and else
 * only now and then: a block more or less proves nothing, and each write costs a sync.
 *
 * <p>One thread.
 */
final class MonotoneAnchor {
    /** Of block time: what a restart may at most forget where the policy did not change. */
    static final Duration KEPT_EVERY = Duration.ofMinutes(1);

    private final AnchorStore store;
    private @Nullable PolicyAnchor newest;
    private @Nullable PolicyAnchor kept;

    MonotoneAnchor(AnchorStore store) {
        this.store = store;
    }

    /**
     * Holds {@code point} against the anchor.
     *
     * @throws PolicyReadException if it went back, or the anchor is not to be had
     */
    void require(PolicyPoint point) throws PolicyReadException {
        Optional<PolicyAnchor> anchor = newest();
        if (anchor.isPresent()) {
            anchor.get().requireNotBefore(point);
        }
    }

    /** Makes {@code point}, which was believed, the anchor. */
    void advance(PolicyPoint point) throws PolicyReadException {
        PolicyAnchor anchor = PolicyAnchor.of(point);
        newest = anchor;
        if (isDue(anchor)) {
            try {
                store.store(anchor);
            } catch (IOException e) {
                throw unavailable(e);
            }
            kept = anchor;
        }
    }

    private boolean isDue(PolicyAnchor anchor) {
        return kept == null
                || anchor.epoch() != kept.epoch()
                || !anchor.blockTime().isBefore(kept.blockTime().plus(KEPT_EVERY));
    }

    /** The newest point that passed; empty if none ever did. */
    Optional<PolicyAnchor> newest() throws PolicyReadException {
        if (newest == null) {
            try {
                newest = store.load().orElse(null);
                kept = newest;
            } catch (IOException e) {
                throw unavailable(e);
            }
        }
        return Optional.ofNullable(newest);
    }

    private static PolicyReadException unavailable(IOException cause) {
        return new PolicyReadException(
                Failure.ANCHOR_UNAVAILABLE, "anchor: " + cause.getMessage(), cause);
    }
}
