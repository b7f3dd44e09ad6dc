package io.attestgate.policy.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.document.HeartbeatRule;
import io.attestgate.policy.read.NamedContract;
import io.attestgate.policy.snapshot.HeartbeatDuty;
import io.attestgate.wire.Hash32;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The loop against relayers that flood, run ahead, withhold and replay. */
class HeartbeatLoopTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final HeartbeatRule RULE =
            new HeartbeatRule(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(2));
    private static final HeartbeatDuty REPEATED = new HeartbeatDuty(true, Optional.of(RULE));
    private static final HeartbeatDuty AT_START = new HeartbeatDuty(true, Optional.empty());

    private Instant now = START;
    private final HeartbeatLoop loop = new HeartbeatLoop(new SecureRandom(), () -> now);
    private final FakeState chain = new FakeState();

    @Test
    void aNonceIsDrawnAfterTheStartAndItsBeatSeenInFinalState() {
        loop.proceed(REPEATED, 100, chain);
        Nonce nonce = awaited();
        assertThat(nonce.afterBlock()).isEqualTo(100);
        assertThat(loop.state().seen()).isEmpty();
        assertThat(loop.state().contract()).contains(FakeState.HEARTBEAT);
        chain.beat(nonce.value(), 101);
        now = START.plusSeconds(900);
        loop.proceed(REPEATED, 164, chain);

        assertThat(loop.state().seen()).contains(new SeenBeat(nonce, 101, now));
        assertThat(loop.state().beats().newestDrawnAt()).contains(START);
    }

    @Test
    void theNextNonceIsDrawnAnIntervalAfterTheDrawOfTheOneThatWasSeen() {
        Nonce first = drawnAndSeen(100);
        assertThat(loop.state().awaited()).isEmpty();
        now = START.plus(RULE.interval()).minusMillis(1);
        loop.proceed(REPEATED, 103, chain);
        assertThat(loop.state().awaited()).isEmpty();
        now = START.plus(RULE.interval());
        loop.proceed(REPEATED, 104, chain);

        assertThat(awaited().value()).isNotEqualTo(first.value());
        assertThat(awaited().afterBlock()).isEqualTo(104);
    }

    @Test
    void aFloodOfOtherNoncesCostsNothingAndProvesNothing() {
        loop.proceed(REPEATED, 100, chain);
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] other = new byte[32];
            random.nextBytes(other);
            chain.beat(Hash32.of(other), 101);
        }
        for (int i = 0; i < 50; i++) {
            now = now.plus(Duration.ofMinutes(20));
            loop.proceed(REPEATED, 101 + i, chain);
        }

        assertThat(loop.state().seen()).isEmpty();
        assertThat(chain.slotsAsked).hasSize(50).allMatch(slots -> slots <= 2);
    }

    @Test
    void whoRunsAheadOfTheRelayerOnlyDoesHisWork() {
        loop.proceed(REPEATED, 100, chain);
        Nonce nonce = awaited();
        chain.beat(nonce.value(), 101);
        chain.beat(nonce.value(), 103);
        loop.proceed(REPEATED, 110, chain);

        assertThat(loop.state().seen()).map(SeenBeat::block).contains(101L);
    }

    @Test
    void aBeatThatIsWithheldAgesFromItsDraw() {
        Nonce first = drawnAndSeen(100);
        now = START.plus(RULE.interval());
        loop.proceed(REPEATED, 103, chain);
        Nonce second = awaited();
        now = second.drawnAt().plus(RULE.hard()).plusSeconds(1);
        chain.beat(second.value(), 104);
        loop.proceed(REPEATED, 200, chain);

        assertThat(loop.state().beats().newestDrawnAt()).contains(second.drawnAt());
        assertThat(second.drawnAt().plus(RULE.hard())).isBefore(now);
        assertThat(first.drawnAt()).isBefore(second.drawnAt());
    }

    @Test
    void anOldNonceThatIsSentAgainChangesNothing() {
        Nonce first = drawnAndSeen(100);
        now = START.plus(RULE.interval());
        loop.proceed(REPEATED, 103, chain);
        chain.beat(first.value(), 104);
        loop.proceed(REPEATED, 105, chain);

        assertThat(loop.state().beats().newestDrawnAt()).contains(first.drawnAt());
        assertThat(loop.state().seen()).map(SeenBeat::block).contains(101L);
    }

    @Test
    void aBeatInABlockNoYoungerThanItsNonceIsStateThatCannotBe() {
        loop.proceed(REPEATED, 100, chain);
        chain.beat(awaited().value(), 100);
        loop.proceed(REPEATED, 110, chain);

        assertThat(loop.state().seen()).isEmpty();
        assertThat(loop.state().failure().orElseThrow())
                .startsWith(Failure.CONTRADICTORY_STATE.name());
    }

    @Test
    void aBeatInABlockBeyondTheFinalOneIsStateThatCannotBe() {
        loop.proceed(REPEATED, 100, chain);
        chain.beat(awaited().value(), 111);
        loop.proceed(REPEATED, 110, chain);

        assertThat(loop.state().seen()).isEmpty();
        assertThat(loop.state().failure()).isPresent();
    }

    @Test
    void anEndpointThatHidesTheContractLeavesTheHeartbeatToAge() {
        Nonce first = drawnAndSeen(100);
        chain.failure = Optional.of(Failure.UNREACHABLE);
        now = START.plus(RULE.interval());
        loop.proceed(REPEATED, 103, chain);

        assertThat(loop.state().beats().newestDrawnAt()).contains(first.drawnAt());
        assertThat(loop.state().failure().orElseThrow()).startsWith("UNREACHABLE");
        chain.failure = Optional.empty();
        loop.proceed(REPEATED, 104, chain);
        assertThat(loop.state().failure()).isEmpty();
    }

    @Test
    void aNonceThatNobodySendsIsReplacedOnceItsBeatWouldBeNoFreshOneAndItsLateBeatStillCounts() {
        loop.proceed(REPEATED, 100, chain);
        Nonce first = awaited();
        now = START.plus(RULE.soft()).minusMillis(1);
        loop.proceed(REPEATED, 101, chain);
        assertThat(awaited()).isEqualTo(first);
        now = START.plus(RULE.soft());
        loop.proceed(REPEATED, 102, chain);
        Nonce second = awaited();
        chain.beat(first.value(), 102);
        loop.proceed(REPEATED, 103, chain);

        assertThat(second).isNotEqualTo(first);
        assertThat(loop.state().beats().newestDrawnAt()).contains(first.drawnAt());
        assertThat(awaited()).isEqualTo(second);
    }

    @Test
    void whereOnlyTheStartAsksForABeatOneIsEnough() {
        loop.proceed(AT_START, 100, chain);
        chain.beat(awaited().value(), 101);
        loop.proceed(AT_START, 102, chain);
        now = START.plus(Duration.ofDays(30));
        loop.proceed(AT_START, 103, chain);

        assertThat(loop.state().seen()).isPresent();
        assertThat(loop.state().awaited()).isEmpty();
        assertThat(chain.slotsAsked).containsExactly(1);
    }

    @Test
    void aDocumentThatBeginsToAskLeavesTimeForTheFirstBeat() {
        loop.proceed(AT_START, 100, chain);
        chain.beat(awaited().value(), 101);
        loop.proceed(AT_START, 102, chain);
        now = START.plus(Duration.ofDays(30));
        loop.proceed(REPEATED, 103, chain);

        assertThat(loop.state().beats().freshFrom()).isEqualTo(now);
        assertThat(awaited().drawnAt()).isEqualTo(now);
        now = now.plusSeconds(60);
        loop.proceed(REPEATED, 104, chain);
        assertThat(loop.state().beats().freshFrom()).isEqualTo(now.minusSeconds(60));
    }

    @Test
    void aPolicyThatNamesNoContractSeesNothing() {
        chain.addresses.remove(NamedContract.HEARTBEAT);
        loop.proceed(REPEATED, 100, chain);
        chain.beat(awaited().value(), 101);
        loop.proceed(REPEATED, 102, chain);

        assertThat(loop.state().contract()).isEmpty();
        assertThat(loop.state().seen()).isEmpty();
    }

    @Test
    void noTwoNoncesAreTheSame() {
        Set<Hash32> drawn = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            loop.proceed(REPEATED, 100 + i, chain);
            drawn.add(awaited().value());
            now = now.plus(RULE.soft());
        }
        assertThat(drawn).hasSize(200);
        assertThat(List.copyOf(drawn)).doesNotContain(Hash32.ZERO);
    }

    private Nonce drawnAndSeen(long block) {
        loop.proceed(REPEATED, block, chain);
        Nonce nonce = awaited();
        chain.beat(nonce.value(), block + 1);
        loop.proceed(REPEATED, block + 2, chain);
        return nonce;
    }

    private Nonce awaited() {
        return loop.state().awaited().orElseThrow();
    }
}
