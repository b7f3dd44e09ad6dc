package io.attestgate.peer.beacon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.peer.Anvil;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.beacon.BeaconApi;
import io.attestgate.policy.beacon.CheckpointStore;
import io.attestgate.policy.beacon.LightClientCheckpoint;
import io.attestgate.policy.beacon.LightClientFinality;
import io.attestgate.policy.beacon.LightClientSettings;
import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.ForkActivation;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** An anvil, two beacon nodes of one network over it, and clients of theirs. */
final class World implements AutoCloseable {
    static final Duration AGE_MAX = Duration.ofDays(30);
    private static final Duration TIME_MAX = Duration.ofSeconds(3);

    final HandClock clock = new HandClock();
    final TestBeacon beacon;
    final TestBeacon second;
    final KeptInMemory kept = new KeptInMemory();
    private final Anvil anvil;
    private final JsonRpc rpc;
    private final ProofEndpoints proofs;
    private final Hash32 checkpoint;

    World(ForkActivation... forks) throws IOException {
        anvil = Anvil.start();
        rpc = JsonRpc.open(anvil.rpc());
        proofs = ProofEndpoints.of(JsonRpc.open(anvil.rpc()));
        anvil.finalise();
        BeaconNetwork network = TestBeacon.network(List.of(forks), clock);
        beacon = TestBeacon.start(anvil.rpc(), network, clock, Optional.empty());
        second = TestBeacon.start(anvil.rpc(), network, clock, Optional.empty());
        checkpoint = beacon.checkpoint();
        assertThat(second.checkpoint()).isEqualTo(checkpoint);
    }

    /** What a gateway would seal. */
    static final class KeptInMemory implements CheckpointStore {
        private Optional<LightClientCheckpoint> kept = Optional.empty();

        @Override
        public Optional<LightClientCheckpoint> load() {
            return kept;
        }

        @Override
        public void store(LightClientCheckpoint checkpoint) {
            kept = Optional.of(checkpoint);
        }
    }

    /** A client of these nodes, in this order, that begins anew. */
    LightClientFinality client(TestBeacon... nodes) {
        List<BeaconApi> apis = new ArrayList<>();
        for (TestBeacon node : nodes) {
            apis.add(BeaconApi.open(node.baseUrl(), TIME_MAX));
        }
        LightClientSettings settings =
                new LightClientSettings(beacon.network(), checkpoint, AGE_MAX);
        return new LightClientFinality(settings, apis, proofs, kept, clock);
    }

    /** Mines three blocks, a publication later. */
    void mine() throws IOException {
        mineUnseenBySecond();
        assertThat(second.publish()).isTrue();
    }

    /** As {@link #mine}, and the second node knows nothing of it. */
    void mineUnseenBySecond() throws IOException {
        anvil.finalise();
        clock.passOnePublication();
        assertThat(beacon.publish()).isTrue();
    }

    Hash32 hashOf(String tag) throws RpcException {
        Json block = rpc.call("eth_getBlockByNumber", new Json.Text(tag), new Json.Bool(false));
        Json hash = ((Json.Obj) block).get("hash").orElseThrow();
        return Hash32.parse(((Json.Text) hash).value()).orElseThrow();
    }

    static PolicyReadException refused(ThrowingCallable call) {
        PolicyReadException refused = catchThrowableOfType(PolicyReadException.class, call);
        assertThat(refused).isNotNull();
        return refused;
    }

    @Override
    public void close() {
        beacon.close();
        second.close();
        proofs.close();
        rpc.close();
        anvil.close();
    }
}
