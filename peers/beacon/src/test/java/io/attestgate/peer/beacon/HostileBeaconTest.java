package io.attestgate.peer.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.beacon.LightClientFinality;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.finality.FinalisedHeader;
import io.attestgate.policy.rpc.RpcException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a beacon node does, it is refused by name, and an honest one is heard instead. */
@RequiresPeer("anvil")
class HostileBeaconTest {

    @ParameterizedTest
    @CsvSource({
        "WRONG_SIGNATURE, WRONG_UPDATE, SIGNATURE",
        "BELOW_TWO_THIRDS, WRONG_UPDATE, PARTICIPATION",
        "CLAIMED_SIGNER, WRONG_UPDATE, SIGNATURE",
        "ROGUE_COMMITTEE, WRONG_UPDATE, SIGNATURE",
        "OTHER_FORK, WRONG_UPDATE, SIGNATURE",
        "OTHER_NETWORK, WRONG_UPDATE, SIGNATURE",
        "SIGNATURE_AT_INFINITY, WRONG_UPDATE, SIGNATURE",
        "FORGED_EXECUTION, WRONG_UPDATE, ATTESTED_HEADER",
        "FORGED_FINALITY, WRONG_UPDATE, FINALITY",
        "WITHHELD_FINALITY, WRONG_UPDATE, finality_branch",
        "FUTURE, WRONG_UPDATE, FUTURE",
        "WRONG_VERSION, MALFORMED_ANSWER, $.data",
        "NOT_FOUND, MALFORMED_ANSWER, 404",
        "NOT_JSON, MALFORMED_ANSWER, JSON",
        "TRUNCATED, MALFORMED_ANSWER, $",
        "GIANT, ANSWER_TOO_LARGE, at most",
        "SLOW_DRIP, TIMED_OUT, no whole answer"
    })
    void aLieIsRefusedByNameAndAnHonestNodeIsHeard(Lie lie, Failure failure, String said)
            throws IOException, PolicyReadException, RpcException {
        try (World world = new World(TestBeacon.activation(Fork.ELECTRA, 0));
                LightClientFinality alone = world.client(world.beacon);
                LightClientFinality both = world.client(world.beacon, world.second)) {
            FinalisedHeader before = alone.newest();
            assertThat(both.newest()).isEqualTo(before);
            world.mine();
            world.beacon.lie(lie);

            PolicyReadException refused = World.refused(alone::newest);
            assertThat(refused.failure()).isEqualTo(failure);
            assertThat(refused).hasMessageContaining(said);

            assertThat(both.newest().header().hash()).isEqualTo(world.hashOf("finalized"));
            assertThat(both.failures().values())
                    .extracting(PolicyReadException::failure)
                    .containsExactly(failure);

            world.beacon.lie(Lie.NONE);
            assertThat(alone.newest().header().hash()).isEqualTo(world.hashOf("finalized"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FORGED_BOOTSTRAP, TRUSTED_ROOT",
        "FORGED_COMMITTEE, CURRENT_COMMITTEE",
        "ROGUE_COMMITTEE, CURRENT_COMMITTEE"
    })
    void aForgedBeginningIsRefused(Lie lie, String check) throws IOException, PolicyReadException {
        try (World world = new World(TestBeacon.activation(Fork.DENEB, 0));
                LightClientFinality alone = world.client(world.beacon);
                LightClientFinality both = world.client(world.beacon, world.second)) {
            world.beacon.lie(lie);
            PolicyReadException refused = World.refused(alone::newest);
            assertThat(refused.failure()).isEqualTo(Failure.WRONG_UPDATE);
            assertThat(refused).hasMessageContaining(check);
            assertThat(both.newest().header().number()).isPositive();
        }
    }

    @Test
    void aForgedCommitteeIsNotLearned() throws IOException, PolicyReadException, RpcException {
        try (World world = new World(TestBeacon.activation(Fork.DENEB, 0));
                LightClientFinality alone = world.client(world.beacon);
                LightClientFinality both = world.client(world.beacon, world.second)) {
            assertThat(both.newest()).isEqualTo(alone.newest());
            world.clock.passPeriods(2);
            world.mine();
            world.beacon.lie(Lie.FORGED_COMMITTEE);
            PolicyReadException refused = World.refused(alone::newest);
            assertThat(refused.failure()).isEqualTo(Failure.WRONG_UPDATE);
            assertThat(refused).hasMessageContaining("NEXT_COMMITTEE");
            assertThat(both.newest().header().hash()).isEqualTo(world.hashOf("finalized"));
        }
    }

    @Test
    void aNodeThatFellBehindIsNotTheOnlyOneAsked()
            throws IOException, PolicyReadException, RpcException {
        try (World world = new World(TestBeacon.activation(Fork.CAPELLA, 0));
                LightClientFinality both = world.client(world.beacon, world.second)) {
            assertThat(both.newest().header().number()).isPositive();
            world.beacon.lie(Lie.STALE);
            world.clock.pass(TestBeacon.SLOT.multipliedBy(200));
            world.mine();
            assertThat(both.newest().header().hash()).isEqualTo(world.hashOf("finalized"));
        }
    }
}
