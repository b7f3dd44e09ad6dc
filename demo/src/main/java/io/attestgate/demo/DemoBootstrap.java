package io.attestgate.demo;

import io.attestgate.peer.beacon.TestBeacon;
import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.ForkActivation;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The demo's {@code attestgate.yaml}: what an operator writes, with the contracts of this run. */
final class DemoBootstrap {
    private DemoBootstrap() {}

    static String yaml(World world) {
        return """
        # The gateway of one run of the demo.
        chain:
          id: %d
          contract: "%s"
          codeHashes:
        %s
          rpc:
        %s\
          poll: 500ms
        %s\
        %s\
        state: %s
        listeners:
          https: 127.0.0.1:%d
          http: 127.0.0.1:%d
          operations: 127.0.0.1:%d
        acme:
          contact: [mailto:demo@example.org]
          roots: |
        %s\
        """
                .formatted(
                        world.contracts().chainId(),
                        world.contracts().gatewayPolicy(),
                        codeHashes(world.contracts().codeHashes()),
                        world.chainEndpoint().indent(4),
                        world.beacon()
                                .map(
                                        beacon ->
                                                lightClient(
                                                        beacon,
                                                        world.beaconEndpoint().orElseThrow()))
                                .orElse("trust: devnet\n")
                                .indent(2),
                        world.machine().yaml(),
                        world.folder().resolve("state"),
                        world.ports().https(),
                        world.ports().http(),
                        world.ports().operations(),
                        world.authority().directoryRootPem().indent(4));
    }

    private static String lightClient(TestBeacon beacon, String endpoint) {
        BeaconNetwork network = beacon.network();
        return """
        trust: light-client
        beacon:
        %s\
        network:
          name: %s
          preset: %s
          genesisTime: "%s"
          slotDuration: %dms
          genesisValidatorsRoot: "%s"
          forks:
        %s
        checkpoint: "%s"
        """
                .formatted(
                        endpoint.indent(2),
                        network.name(),
                        network.preset().label(),
                        network.genesisTime(),
                        network.slotDuration().toMillis(),
                        network.genesisValidatorsRoot(),
                        network.forks().stream()
                                .map(DemoBootstrap::fork)
                                .collect(Collectors.joining("\n")),
                        beacon.checkpoint());
    }

    private static String fork(ForkActivation activation) {
        return "    - fork: %s\n      version: \"%s\"\n      epoch: %d"
                .formatted(activation.fork().label(), activation.version(), activation.epoch());
    }

    private static String codeHashes(Map<Address, Hash32> codeHashes) {
        return new TreeMap<>(codeHashes)
                .entrySet().stream()
                        .map(pin -> "    \"%s\": \"%s\"".formatted(pin.getKey(), pin.getValue()))
                        .collect(Collectors.joining("\n"));
    }
}
