package io.attestgate.proxy.bootstrap;

import io.attestgate.policy.beacon.LightClientSettings;
import java.util.List;

/**
 * Whose signatures are believed, and who may bring them.
 *
 * @param beacons nodes of the consensus layer, at least one; none of them is trusted
 * @param settings the network, the checkpoint and how old it may be
 */
public record LightClientTrust(List<RpcEndpoint> beacons, LightClientSettings settings) {
    public LightClientTrust {
        beacons = List.copyOf(beacons);
        if (beacons.isEmpty()) {
            throw new IllegalArgumentException("beacons: none (expected: at least one)");
        }
    }
}
