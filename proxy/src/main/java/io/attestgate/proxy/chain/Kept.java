package io.attestgate.proxy.chain;

import io.attestgate.policy.beacon.CheckpointStore;
import io.attestgate.policy.read.AnchorStore;

/**
 * What of reading the chain outlives a restart.
 *
 * @param anchor the newest point of the policy that was believed
 * @param checkpoint the newest beacon block that the light client believed
 */
public record Kept(AnchorStore anchor, CheckpointStore checkpoint) {

    /** Nothing: for a command that reads once. */
    public static Kept nothing() {
        return new Kept(AnchorStore.inMemory(), CheckpointStore.none());
    }
}
