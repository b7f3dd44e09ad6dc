package io.attestgate.policy.beacon;

import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.wire.Hash32;
import java.time.Duration;

/**
 * What the bootstrap file says of the light client, all of it measured.
 *
 * @param network whose committees are believed
 * @param checkpoint root of a finalised beacon block that is trusted from the start
 * @param checkpointAgeMax how old the newest of the checkpoint and the sealed header may be: beyond
 *     it, committees that left long ago could sign another history at no cost
 */
public record LightClientSettings(
        BeaconNetwork network, Hash32 checkpoint, Duration checkpointAgeMax) {
    public LightClientSettings {
        if (checkpointAgeMax.isNegative() || checkpointAgeMax.isZero()) {
            throw new IllegalArgumentException(
                    "checkpointAgeMax: %s (expected: more than nothing)"
                            .formatted(checkpointAgeMax));
        }
    }
}
