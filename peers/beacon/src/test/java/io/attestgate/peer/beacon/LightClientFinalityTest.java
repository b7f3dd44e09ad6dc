package io.attestgate.peer.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.beacon.LightClientFinality;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.finality.FinalisedHeader;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.RpcException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The light client over real execution headers, which a committee of 512 signs. */
@RequiresPeer("anvil")
class LightClientFinalityTest {

    @ParameterizedTest
    @EnumSource
    void whatTheCommitteeSignsIsTheBlockThatTheChainCallsFinal(Fork fork)
            throws IOException, PolicyReadException, RpcException {
        try (World world = new World(TestBeacon.activation(fork, 0));
                LightClientFinality client = world.client(world.beacon)) {
            assertThat(client.newest().header().hash()).isEqualTo(world.hashOf("finalized"));
            world.mine();
            FinalisedHeader newest = client.newest();
            assertThat(newest.header().hash()).isEqualTo(world.hashOf("finalized"));
            assertThat(newest.justification())
                    .isEqualTo("sync committee of period 0, 511 of 512 signed");
            assertThat(client.newest()).isEqualTo(newest);
        }
    }

    @Test
    void aBlockThatIsSignedAndNotFinalIsKnownEarly()
            throws IOException, PolicyReadException, RpcException {
        try (World world = new World(TestBeacon.activation(Fork.FULU, 0));
                LightClientFinality client = world.client(world.beacon)) {
            assertThat(client.early()).isEmpty();
            world.mine();
            FinalisedHeader newest = client.newest();
            Optional<ExecutionHeader> early = client.early();
            assertThat(early.map(ExecutionHeader::hash)).contains(world.hashOf("latest"));
            assertThat(early.orElseThrow().number()).isGreaterThan(newest.header().number());
        }
    }

    @Test
    void committeesAreLearnedPeriodByPeriod()
            throws IOException, PolicyReadException, RpcException {
        try (World world = new World(TestBeacon.activation(Fork.ELECTRA, 0));
                LightClientFinality client = world.client(world.beacon)) {
            FinalisedHeader newest = client.newest();
            for (int periods = 1; periods <= 3; periods++) {
                world.clock.passPeriods(periods);
                world.mine();
                newest = client.newest();
                assertThat(newest.header().hash()).isEqualTo(world.hashOf("finalized"));
            }
            assertThat(newest.justification()).startsWith("sync committee of period 6,");
        }
    }

    @Test
    void morePeriodsThanOneAnswerHasAreLearnedInSeveral()
            throws IOException, PolicyReadException, RpcException {
        try (World world = new World(TestBeacon.activation(Fork.FULU, 0));
                LightClientFinality client = world.client(world.beacon)) {
            world.clock.passPeriods(20);
            world.mine();
            FinalisedHeader newest = client.newest();
            assertThat(newest.header().hash()).isEqualTo(world.hashOf("finalized"));
            assertThat(newest.justification()).startsWith("sync committee of period 20,");
        }
    }

    @Test
    void everyForkIsCrossed() throws IOException, PolicyReadException, RpcException {
        try (World world =
                        new World(
                                TestBeacon.activation(Fork.CAPELLA, 0),
                                TestBeacon.activation(Fork.DENEB, 100),
                                TestBeacon.activation(Fork.ELECTRA, 300),
                                TestBeacon.activation(Fork.FULU, 512));
                LightClientFinality client = world.client(world.beacon)) {
            for (int epochs : new int[] {0, 110, 200, 220}) {
                world.clock.pass(TestBeacon.SLOT.multipliedBy(32L * epochs));
                world.mine();
                assertThat(client.newest().header().hash()).isEqualTo(world.hashOf("finalized"));
            }
        }
    }

    @Test
    void aRestartGoesOnWhereItWas() throws IOException, PolicyReadException {
        try (World world = new World(TestBeacon.activation(Fork.FULU, 0))) {
            FinalisedHeader before;
            try (LightClientFinality client = world.client(world.beacon)) {
                world.clock.passPeriods(1);
                world.mine();
                before = client.newest();
            }
            assertThat(world.kept.load()).isPresent();
            try (LightClientFinality client = world.client(world.second)) {
                assertThat(client.newest().header()).isEqualTo(before.header());
            }
        }
    }

    @Test
    void aRestartIsShownNothingOlder() throws IOException, PolicyReadException {
        try (World world = new World(TestBeacon.activation(Fork.FULU, 0))) {
            world.second.lie(Lie.STALE);
            world.mine();
            try (LightClientFinality client = world.client(world.beacon)) {
                assertThat(client.newest().header().number()).isPositive();
            }
            try (LightClientFinality client = world.client(world.second)) {
                PolicyReadException refused = World.refused(client::newest);
                assertThat(refused.failure()).isEqualTo(Failure.WRONG_UPDATE);
                assertThat(refused).hasMessageContaining("RELEVANCE");
            }
        }
    }

    @Test
    void whoDeniesTheSealedBlockCannotLeadBehindIt() throws IOException, PolicyReadException {
        try (World world = new World(TestBeacon.activation(Fork.FULU, 0))) {
            world.mineUnseenBySecond();
            try (LightClientFinality client = world.client(world.beacon)) {
                assertThat(client.newest().header().number()).isPositive();
            }
            try (LightClientFinality client = world.client(world.second)) {
                assertThat(World.refused(client::newest).failure()).isEqualTo(Failure.OLDER_BLOCK);
            }
        }
    }

    @Test
    void aCheckpointIsTrustedForSoLongAndNoLonger() throws IOException {
        try (World world = new World(TestBeacon.activation(Fork.FULU, 0));
                LightClientFinality client = world.client(world.beacon)) {
            world.clock.pass(World.AGE_MAX.plus(Duration.ofSeconds(1)));
            assertThat(World.refused(client::newest).failure())
                    .isEqualTo(Failure.CHECKPOINT_TOO_OLD);
        }
    }

    @Test
    void theSealedBlocksAgeCountsWhereItIsYounger() throws IOException, PolicyReadException {
        try (World world = new World(TestBeacon.activation(Fork.FULU, 0))) {
            world.clock.passPeriods(1);
            world.mine();
            try (LightClientFinality client = world.client(world.beacon)) {
                assertThat(client.newest().header().number()).isPositive();
            }
            world.clock.pass(World.AGE_MAX.minus(Duration.ofMinutes(1)));
            try (LightClientFinality client = world.client(world.beacon)) {
                // That nothing is final since is for the policy's staleness bound to judge.
                assertThat(client.newest().header().number()).isPositive();
            }
            world.clock.pass(Duration.ofMinutes(2));
            try (LightClientFinality client = world.client(world.beacon)) {
                assertThat(World.refused(client::newest).failure())
                        .isEqualTo(Failure.CHECKPOINT_TOO_OLD);
            }
        }
    }
}
