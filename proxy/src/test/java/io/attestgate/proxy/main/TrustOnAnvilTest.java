package io.attestgate.proxy.main;

import static io.attestgate.proxy.main.RunningGateway.at;
import static io.attestgate.proxy.main.RunningGateway.number;
import static io.attestgate.proxy.main.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.peer.beacon.TestBeacon;
import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.ForkActivation;
import io.attestgate.wire.Json;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway with each trust that believes no single endpoint, over a real chain. */
@RequiresPeer("anvil")
final class TrustOnAnvilTest {
    @TempDir private Path state;
    private ChainAround chain;
    private List<KeyedEndpoint> endpoints;
    private TestBeacon beacon;

    @BeforeEach
    void open() throws Exception {
        chain = ChainAround.deploy("");
        endpoints =
                List.of(
                        KeyedEndpoint.of(chain.anvil().rpc()),
                        KeyedEndpoint.of(chain.anvil().rpc()),
                        KeyedEndpoint.of(chain.anvil().rpc()));
        beacon = TestBeacon.start(chain.anvil().rpc(), Fork.ELECTRA, InstantSource.system());
        beacon.follow();
    }

    @AfterEach
    void close() {
        beacon.close();
        endpoints.forEach(KeyedEndpoint::close);
        chain.close();
    }

    @Test
    void aQuorumJustifiesTheBlockAndWhoLiesIsShownAndSetAside() throws Exception {
        try (RunningGateway gateway = start("  trust: quorum\n  quorum: 2\n" + rpc())) {
            Json.Obj first = awaitRead(gateway);
            assertThat(text(first, "chain", "trust")).isEqualTo("quorum");
            assertThat(text(first, "chain", "justification")).startsWith("3 of 3 endpoints: ");

            endpoints.get(2).tellsAnotherChain();
            Json.Obj told = gateway.await("set aside", s -> state(s, 2).equals("quarantined"));

            Json liar = endpoint(told, 2);
            assertThat(text((Json.Obj) liar, "lastRefusal", "reason")).isEqualTo("wrong-chain");
            assertThat(text((Json.Obj) liar, "name")).doesNotContain("secret");
            chain.finalise();
            Json.Obj later = gateway.awaitBlock(number(told, "policy", "block") + 1);
            assertThat(text(later, "chain", "justification")).startsWith("2 of 3 endpoints: ");
        }
    }

    @Test
    void aQuorumThatIsLostIsARefusalByNameAndThePolicyStays() throws Exception {
        try (RunningGateway gateway = start("  trust: quorum\n  quorum: 2\n" + rpc())) {
            long block = number(awaitRead(gateway), "policy", "block");
            endpoints.get(1).tellsAnotherChain();
            endpoints.get(2).tellsAnotherChain();

            Json.Obj refused =
                    gateway.await(
                            "refused",
                            s -> at(s, "chain", "refusals", "no-quorum") instanceof Json.Int);

            assertThat(number(refused, "policy", "block")).isEqualTo(block);
            assertThat(text(refused, "reading", "lastFailure", "text")).startsWith("NO_QUORUM: ");
        }
    }

    @Test
    void aLightClientJustifiesTheBlockAndGoesOnFromWhatItSealed() throws Exception {
        String trust = "  trust: light-client\n" + rpc() + light();
        try (RunningGateway gateway = start(trust)) {
            Json.Obj status = awaitRead(gateway);
            assertThat(text(status, "chain", "trust")).isEqualTo("light-client");
            chain.finalise();
            Json.Obj later = gateway.awaitBlock(number(status, "policy", "block") + 1);
            assertThat(text(later, "chain", "justification")).contains("sync committee");
        }
        try (RunningGateway again = start(trust)) {
            assertThat(at(awaitRead(again), "chain", "refusals")).isEqualTo(Json.object());
            beacon.close();
            Json.Obj status = again.await("the beacon's failure", TrustOnAnvilTest::hasFailure);
            assertThat(at(status, "policy", "block")).isInstanceOf(Json.Int.class);
        }
    }

    @Test
    void bothJustifyTheBlockTogether() throws Exception {
        String trust = "  trust: both\n  quorum: 2\n" + rpc() + light();
        try (RunningGateway gateway = start(trust)) {
            Json.Obj status = awaitRead(gateway);
            assertThat(text(status, "chain", "justification")).contains("; 3 of 3 endpoints: ");
        }
    }

    private static boolean hasFailure(Json.Obj status) {
        return at(status, "chain", "beaconFailures") instanceof Json.Obj failures
                && !failures.members().isEmpty();
    }

    private RunningGateway start(String trust) throws Exception {
        return RunningGateway.start(state, chain.deployed(), trust);
    }

    private static Json.Obj awaitRead(RunningGateway gateway) throws Exception {
        return gateway.await("read", s -> at(s, "policy", "epoch") instanceof Json.Int);
    }

    private static Json endpoint(Json.Obj status, int index) {
        return ((Json.Arr) at(status, "chain", "endpoints")).elements().get(index);
    }

    private static String state(Json.Obj status, int index) {
        return text((Json.Obj) endpoint(status, index), "state");
    }

    private String rpc() {
        StringBuilder yaml = new StringBuilder("  rpc:\n");
        endpoints.forEach(endpoint -> yaml.append(endpoint.yaml()));
        return yaml.toString();
    }

    private String light() {
        BeaconNetwork network = beacon.network();
        ForkActivation fork = network.forks().getFirst();
        return """
          beacon:
            - url: %s
          checkpoint: %s
          network:
            name: %s
            preset: %s
            genesisTime: %s
            slotDuration: %dms
            genesisValidatorsRoot: %s
            forks:
              - {fork: %s, version: %s, epoch: %d}
        """
                .formatted(
                        beacon.baseUrl(),
                        beacon.checkpoint(),
                        network.name(),
                        network.preset().label(),
                        network.genesisTime(),
                        network.slotDuration().toMillis(),
                        network.genesisValidatorsRoot(),
                        fork.fork().label(),
                        fork.version(),
                        fork.epoch());
    }
}
