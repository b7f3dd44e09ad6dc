package io.attestgate.peer.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.Anvil;
import io.attestgate.peer.LoopbackCertificate;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.beacon.BeaconApi;
import io.attestgate.policy.beacon.CheckpointStore;
import io.attestgate.policy.beacon.LightClientFinality;
import io.attestgate.policy.beacon.LightClientSettings;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.ProofEndpoints;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The node by itself, as the demo runs it, by the system's clock. */
@RequiresPeer("anvil")
class FollowTest {
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final InstantSource CLOCK = InstantSource.system();

    @Test
    void whatBecomesFinalIsPublishedByItself() throws IOException, PolicyReadException {
        try (Anvil anvil = Anvil.start();
                ProofEndpoints proofs = ProofEndpoints.of(JsonRpc.open(anvil.rpc()));
                TestBeacon beacon = TestBeacon.start(anvil.rpc(), Fork.FULU, CLOCK)) {
            beacon.follow();
            LightClientSettings settings =
                    new LightClientSettings(
                            beacon.network(), beacon.checkpoint(), Duration.ofDays(30));
            List<BeaconApi> apis = List.of(BeaconApi.open(beacon.baseUrl()));
            try (LightClientFinality client =
                    new LightClientFinality(
                            settings, apis, proofs, CheckpointStore.none(), CLOCK)) {
                long before = client.newest().header().number();
                anvil.finalise();
                Instant deadline = CLOCK.instant().plus(WAIT_MAX);
                while (client.newest().header().number() < before + 1) {
                    assertThat(CLOCK.instant()).isBefore(deadline);
                }
                assertThat(client.newest().justification()).startsWith("sync committee of period ");
            }
        }
    }

    @Test
    void aNodeWhoseKeyNobodyVouchesForIsNotHeard() throws IOException {
        try (Anvil anvil = Anvil.start();
                ProofEndpoints proofs = ProofEndpoints.of(JsonRpc.open(anvil.rpc()));
                TestBeacon beacon =
                        TestBeacon.start(
                                anvil.rpc(),
                                TestBeacon.network(Fork.FULU, CLOCK),
                                CLOCK,
                                Optional.of(LoopbackCertificate.newServer()))) {
            assertThat(beacon.baseUrl()).hasScheme("https");
            LightClientSettings settings =
                    new LightClientSettings(
                            beacon.network(), beacon.checkpoint(), Duration.ofDays(30));
            List<BeaconApi> apis = List.of(BeaconApi.open(beacon.baseUrl()));
            try (LightClientFinality client =
                    new LightClientFinality(
                            settings, apis, proofs, CheckpointStore.none(), CLOCK)) {
                assertThat(World.refused(client::newest).failure())
                        .isEqualTo(PolicyReadException.Failure.UNREACHABLE);
            }
        }
    }
}
