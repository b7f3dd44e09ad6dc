package io.attestgate.policy.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.EarlyReading;
import io.attestgate.policy.read.Halt;
import io.attestgate.policy.read.NamedContract;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.snapshot.DomainState;
import io.attestgate.policy.snapshot.Ending;
import io.attestgate.policy.snapshot.Ending.Cause;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.Policies;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a snapshot's permissions rest on: the own measurement, and what is seen before finality. */
class StandingTest {
    private static final Hash32 OURS = Hash32.of(new byte[32]);
    private static final Hostname APP = new Hostname("app.example");
    private static final long UNTIL = Policies.START.plus(Duration.ofDays(30)).getEpochSecond();
    private static final long ALLOWED = Policies.START.minusSeconds(60).getEpochSecond();

    private final FakeState chain = new FakeState();
    private final FakeState ahead = new FakeState();
    private final Set<Hash32> others = new HashSet<>();
    private final Standing standing =
            new Standing(
                    OURS,
                    () -> others,
                    new HeartbeatLoop(new SecureRandom(), () -> Policies.START),
                    point -> chain,
                    this::early);
    private final SnapshotBuilder builder =
            new SnapshotBuilder(Enforcer.simulated(Enforcer.Rollback.UNPROTECTED));

    private Optional<EarlyReading> next = Optional.empty();
    private Optional<Failure> earlyFailure = Optional.empty();

    @Test
    void aMeasurementIsTrustedUntilItsEntryEnds() throws Exception {
        chain.entry(OURS, ALLOWED, UNTIL, 0);

        assertThat(trust())
                .isEqualTo(new Ending(Instant.ofEpochSecond(UNTIL), Cause.MEASUREMENT_EXPIRED));
    }

    @Test
    void absentIsNeverAllowed() throws Exception {
        assertThat(trust()).isEqualTo(Ending.already(Cause.MEASUREMENT_UNKNOWN));
        chain.addresses.remove(NamedContract.MEASUREMENT_REGISTRY);
        assertThat(trust()).isEqualTo(Ending.already(Cause.NO_REGISTRY));
        chain.failure = Optional.of(Failure.WRONG_CODE);
        assertThat(trust()).isEqualTo(Ending.already(Cause.UNKNOWN_REGISTRY));
    }

    @Test
    void aMeasurementThatIsRevokedIsTrustedNoMoreWhateverElseStands() throws Exception {
        chain.entry(OURS, ALLOWED, UNTIL, ALLOWED + 1);

        assertThat(trust()).isEqualTo(Ending.already(Cause.MEASUREMENT_REVOKED));
    }

    @Test
    void otherVersionsAreJudgedByTheirOwnEntriesInTheSameFinalState() throws Exception {
        Hash32 allowed = hash(1);
        Hash32 revoked = hash(2);
        Hash32 unknown = hash(3);
        others.addAll(Set.of(allowed, revoked, unknown));
        chain.entry(OURS, ALLOWED, UNTIL, 0);
        chain.entry(allowed, ALLOWED, UNTIL - 1, 0);
        chain.entry(revoked, ALLOWED, UNTIL, ALLOWED + 1);
        ahead.entry(unknown, ALLOWED, UNTIL, 0);
        next = Optional.of(early(20, Map.of()));

        assertThat(judged(10).grounds().others())
                .isEqualTo(
                        Map.of(
                                allowed,
                                new Ending(
                                        Instant.ofEpochSecond(UNTIL - 1),
                                        Cause.MEASUREMENT_EXPIRED),
                                revoked,
                                Ending.already(Cause.MEASUREMENT_REVOKED),
                                unknown,
                                Ending.already(Cause.MEASUREMENT_UNKNOWN)));
        chain.addresses.remove(NamedContract.MEASUREMENT_REGISTRY);
        assertThat(judged(11).grounds().others().values())
                .containsOnly(Ending.already(Cause.NO_REGISTRY));
    }

    private static Hash32 hash(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        return Hash32.of(bytes);
    }

    @Test
    void aRegistryThatCannotBeReadFailsTheReadingSoThatThePolicyAges() {
        chain.failure = Optional.of(Failure.UNREACHABLE);

        assertThatThrownBy(this::trust)
                .isInstanceOfSatisfying(
                        PolicyReadException.class,
                        e -> assertThat(e.failure()).isEqualTo(Failure.UNREACHABLE));
    }

    @Test
    void anEarlyHaltAppliesAtOnceAndIsDroppedWhenFinalStateOvertakesWithoutIt() throws Exception {
        chain.entry(OURS, ALLOWED, UNTIL, 0);
        next = Optional.of(early(20, Map.of(PolicyName.of(APP), halt(7))));
        assertThat(app(10)).isInstanceOf(DomainState.Halted.class);
        next = Optional.empty();
        assertThat(app(19)).isInstanceOf(DomainState.Halted.class);

        assertThat(app(20)).isInstanceOf(DomainState.Live.class);
    }

    @Test
    void anEarlyHaltThatAReorganisationTakesAwayStandsUntilFinalityHasPassedIt() throws Exception {
        chain.entry(OURS, ALLOWED, UNTIL, 0);
        next = Optional.of(early(20, Map.of(PolicyName.of(APP), halt(7))));
        assertThat(app(10)).isInstanceOf(DomainState.Halted.class);
        next = Optional.of(early(21, Map.of()));
        assertThat(app(11)).isInstanceOf(DomainState.Halted.class);
        next = Optional.of(early(30, Map.of()));

        assertThat(app(20)).isInstanceOf(DomainState.Live.class);
    }

    @Test
    void anEarlyLiftTakesNoEarlyHaltBack() throws Exception {
        chain.entry(OURS, ALLOWED, UNTIL, 0);
        next = Optional.of(early(20, Map.of(PolicyName.of(APP), halt(7))));
        assertThat(app(10)).isInstanceOf(DomainState.Halted.class);
        Halt lifted = new Halt(halt(7).start(), halt(7).until(), Optional.of(Policies.START), 7);
        next = Optional.of(early(21, Map.of(PolicyName.of(APP), lifted)));

        assertThat(app(11)).isInstanceOf(DomainState.Halted.class);
    }

    @Test
    void anEarlyBlockThatCannotBeReadTakesNothingBackAndIsTold() throws Exception {
        chain.entry(OURS, ALLOWED, UNTIL, 0);
        next = Optional.of(early(20, Map.of(PolicyName.of(APP), halt(7))));
        assertThat(app(10)).isInstanceOf(DomainState.Halted.class);
        earlyFailure = Optional.of(Failure.TIMED_OUT);

        assertThat(app(11)).isInstanceOf(DomainState.Halted.class);
        assertThat(standing.earlyFailure().orElseThrow()).startsWith("TIMED_OUT");
    }

    @Test
    void aRevocationCountsBeforeFinalityAndTrustDoesNot() throws Exception {
        ahead.entry(OURS, ALLOWED, UNTIL, 0);
        next = Optional.of(early(20, Map.of()));
        assertThat(trust()).isEqualTo(Ending.already(Cause.MEASUREMENT_UNKNOWN));
        chain.entry(OURS, ALLOWED, UNTIL, 0);
        ahead.entry(OURS, ALLOWED, UNTIL, ALLOWED + 1);
        assertThat(trust()).isEqualTo(Ending.already(Cause.MEASUREMENT_REVOKED));
        next = Optional.empty();
        assertThat(judged(19).servesEnd().cause()).isEqualTo(Cause.MEASUREMENT_REVOKED);

        assertThat(judged(20).grounds().measurement().cause()).isEqualTo(Cause.MEASUREMENT_EXPIRED);
    }

    @Test
    void anEarlyEntryThatIsAbsentOrEndsSoonerTakesNoTrustAway() throws Exception {
        chain.entry(OURS, ALLOWED, UNTIL, 0);
        next = Optional.of(early(20, Map.of()));
        assertThat(trust().cause()).isEqualTo(Cause.MEASUREMENT_EXPIRED);
        ahead.entry(OURS, ALLOWED, ALLOWED + 1, 0);

        assertThat(trust().at()).isEqualTo(Instant.ofEpochSecond(UNTIL));
    }

    private Optional<EarlyReading> early(PolicyPoint point) throws PolicyReadException {
        if (earlyFailure.isPresent()) {
            throw new PolicyReadException(earlyFailure.get(), "as the test says");
        }
        return next;
    }

    private EarlyReading early(long block, Map<PolicyName, Halt> halts) {
        return new EarlyReading(block, Policies.START.plusSeconds(block), halts, ahead);
    }

    private static Halt halt(long number) {
        return new Halt(
                Policies.START, Policies.START.plus(Duration.ofDays(1)), Optional.empty(), number);
    }

    private Ending trust() throws PolicyReadException {
        return judged(10).grounds().measurement();
    }

    private DomainState app(long block) throws PolicyReadException {
        return judged(block).lookup(APP).orElseThrow();
    }

    private Snapshot judged(long block) throws PolicyReadException {
        PolicyPoint point =
                new PolicyPoint(
                        1,
                        Address.ZERO,
                        1,
                        Hash32.ZERO,
                        block,
                        Hash32.ZERO,
                        Policies.START.plusSeconds(block));
        PolicyReading usual = Policies.usual().after(Duration.ZERO);
        Snapshot bare = builder.next(Optional.empty(), PolicyReading.of(point, usual.names()));
        return bare.on(standing.judge(bare));
    }
}
