package io.attestgate.peer.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.beacon.spec.ExecutionPayloadHeader;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.LightClientHeader;
import io.attestgate.wire.Hash32;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class InventedChainTest {
    private static final ExecutionPayloadHeader PAYLOAD = LightClientHeader.EMPTY.execution();

    @Test
    void aCheckpointIsKeptAndOtherBlocksForAWhile() {
        InventedChain chain =
                new InventedChain(TestBeacon.network(Fork.FULU, InstantSource.system()), 2);
        Hash32 first = publish(chain, 100);
        Hash32 checkpoint = chain.checkpoint();
        assertThat(checkpoint).isEqualTo(first);
        Hash32 second = publish(chain, 103);
        Hash32 third = publish(chain, 106);
        Hash32 fourth = publish(chain, 109);
        assertThat(chain.ofFinalizedRoot(checkpoint)).isPresent();
        assertThat(chain.ofFinalizedRoot(second)).isEmpty();
        assertThat(chain.ofFinalizedRoot(third)).isPresent();
        assertThat(chain.ofFinalizedRoot(fourth)).isPresent();
    }

    @Test
    void aPublicationTakesThreeSlotsOfOnePeriod() {
        InventedChain chain =
                new InventedChain(TestBeacon.network(Fork.FULU, InstantSource.system()), 2);
        assertThat(chain.hasRoom(2)).isFalse();
        assertThat(chain.hasRoom(3)).isTrue();
        assertThat(publish(chain, 100)).isNotEqualTo(Hash32.ZERO);
        assertThat(chain.hasRoom(101)).isFalse();
        assertThat(chain.hasRoom(102)).isTrue();
        assertThat(chain.hasRoom(8193)).isFalse();
        assertThat(chain.hasRoom(8194)).isTrue();
    }

    private static Hash32 publish(InventedChain chain, long slot) {
        return chain.publish(PAYLOAD, PAYLOAD, slot).finalized().root();
    }
}
