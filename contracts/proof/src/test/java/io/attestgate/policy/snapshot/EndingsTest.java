package io.attestgate.policy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.document.Documents;
import io.attestgate.policy.read.Halt;
import io.attestgate.policy.snapshot.DomainState.Halted;
import io.attestgate.policy.snapshot.DomainState.LastGood;
import io.attestgate.policy.snapshot.DomainState.Live;
import io.attestgate.policy.snapshot.Ending.Cause;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * What ends a permission is judged by the latest of all clocks, each kind by itself; what ends a
 * reduction by the proven block's time alone.
 */
class EndingsTest {
    private static final Duration SOFT = Duration.ofMinutes(30);
    private static final Duration HARD = Duration.ofHours(4);
    private static final Duration BEAT_SOFT = Duration.ofMinutes(90);
    private static final Duration BEAT_HARD = Duration.ofHours(3);
    private static final Hostname APP = new Hostname("app.example");
    private static final Ending TRUSTED = Ending.NEVER;

    private final AtomicReference<Instant> system = new AtomicReference<>(Policies.START);
    private final AtomicLong nanos = new AtomicLong();
    private final LatestClock clock = new LatestClock(system::get, nanos::get);
    private LatestClock latest = clock;
    private final SnapshotBuilder builder = new SnapshotBuilder(Policies.SIMULATED);

    /** Each of the three clocks brought to the same instant, the other two standing. */
    private interface Move {
        void by(Duration step);
    }

    private void endsByEachClock(Ending ending, Duration after) {
        for (Move move : new Move[] {this::systemGoes, this::monotonicGoes, this::chainGoes}) {
            system.set(Policies.START);
            nanos.set(0);
            LatestClock fresh = new LatestClock(system::get, nanos::get);
            latest = fresh;
            move.by(after.minusMillis(1));
            assertThat(ending.isOver(fresh.instant())).isFalse();
            move.by(after);
            assertThat(ending.isOver(fresh.instant())).isTrue();
        }
    }

    private void systemGoes(Duration step) {
        system.set(Policies.START.plus(step));
    }

    private void monotonicGoes(Duration step) {
        nanos.set(step.toNanos());
    }

    private void chainGoes(Duration step) {
        latest.proven(Policies.START.plus(step));
    }

    @Test
    void aSnapshotThatNobodyJudgedPermitsNothing() {
        Snapshot bare = builder.next(Optional.empty(), Policies.usual().after(Duration.ZERO));

        assertThat(bare.servesEnd()).isEqualTo(Ending.already(Cause.NOT_JUDGED));
        assertThat(bare.ordersEnd().isOver(Instant.MIN)).isTrue();
    }

    @Test
    void ordersEndByTheSoftStalenessBoundAndServingByTheHardOne() {
        Snapshot snapshot = usual(Grounds.fulfilled());

        assertThat(snapshot.ordersEnd().cause()).isEqualTo(Cause.STALE_POLICY);
        assertThat(snapshot.servesEnd().cause()).isEqualTo(Cause.STALE_POLICY);
        endsByEachClock(snapshot.ordersEnd(), SOFT);
        endsByEachClock(snapshot.servesEnd(), HARD);
    }

    @Test
    void ordersEndByTheSoftBoundOfTheHeartbeatAndServingByTheHardOne() {
        Snapshot snapshot = later(Policies.usual(), beats(Optional.empty()), Duration.ofHours(2));

        assertThat(snapshot.ordersEnd())
                .isEqualTo(new Ending(Policies.START.plus(BEAT_SOFT), Cause.HEARTBEAT_MISSED));
        assertThat(snapshot.servesEnd().cause()).isEqualTo(Cause.HEARTBEAT_MISSED);
        endsByEachClock(snapshot.ordersEnd(), BEAT_SOFT);
        endsByEachClock(snapshot.servesEnd(), BEAT_HARD);
    }

    @Test
    void aBeatCountsFromTheDrawOfItsNonce() {
        Instant drawn = Policies.START.plus(Duration.ofHours(1));
        Snapshot snapshot = later(Policies.usual(), beats(Optional.of(drawn)), HARD);

        assertThat(snapshot.ordersEnd().at()).isEqualTo(drawn.plus(BEAT_SOFT));
        assertThat(snapshot.servesEnd().at()).isEqualTo(drawn.plus(BEAT_HARD));
    }

    @Test
    void theTrustInTheOwnMeasurementEndsByTheLatestClock() {
        Ending trust =
                new Ending(Policies.START.plus(Duration.ofMinutes(7)), Cause.MEASUREMENT_EXPIRED);
        Grounds fulfilled = Grounds.fulfilled();
        Snapshot snapshot = usual(new Grounds(fulfilled.beats(), trust, EarlyHalts.NONE));

        assertThat(snapshot.ordersEnd()).isEqualTo(trust);
        assertThat(snapshot.servesEnd()).isEqualTo(trust);
        endsByEachClock(snapshot.servesEnd(), Duration.ofMinutes(7));
    }

    @Test
    void theLastGoodDocumentEndsByTheLatestClock() {
        Snapshot good = usual(Grounds.fulfilled());
        Policies bad = Policies.usual().with("app.example", "{}".getBytes(StandardCharsets.UTF_8));
        Snapshot proven =
                builder.next(Optional.of(good), bad.after(Duration.ofMinutes(1)))
                        .on(Grounds.fulfilled());
        LastGood last = (LastGood) proven.lookup(APP).orElseThrow();

        endsByEachClock(
                new Ending(last.until(), Cause.STALE_POLICY), HARD.plus(Duration.ofMinutes(1)));
    }

    @Test
    void aHaltEndsByNoClockButTheProvenBlocksTime() {
        Halt halt =
                new Halt(
                        Policies.START,
                        Policies.START.plus(Duration.ofMinutes(10)),
                        Optional.empty(),
                        1);
        Policies halted = Policies.usual().halted("app.example", halt);
        Snapshot before = later(halted, Grounds.fulfilled(), Duration.ofSeconds(599));
        system.set(Policies.START.plus(Duration.ofDays(365)));
        nanos.set(Duration.ofDays(365).toNanos());

        assertThat(clock.instant()).isAfter(halt.until());
        assertThat(before.lookup(APP)).contains(new Halted(halt.until()));
        assertThat(later(halted, Grounds.fulfilled(), Duration.ofMinutes(10)).lookup(APP))
                .get()
                .isInstanceOf(Live.class);
    }

    @Test
    void withoutATrustedRegisterNothingIsServedAfterAStartBeforeABeatIsSeen() {
        Json refusing =
                Documents.with(
                        Documents.with(Documents.gateway(), "$.rollbackRisk", Optional.empty()),
                        "$.heartbeat",
                        Optional.empty());
        Snapshot unprotected = with(refusing, Enforcer.Rollback.UNPROTECTED, Optional.empty());
        Snapshot seen = with(refusing, Enforcer.Rollback.UNPROTECTED, Optional.of(Policies.START));
        Snapshot register = with(refusing, Enforcer.Rollback.TRUSTED_REGISTER, Optional.empty());
        Snapshot accepted =
                with(
                        Documents.with(refusing, "$.rollbackRisk", "\"accepted\""),
                        Enforcer.Rollback.UNPROTECTED,
                        Optional.empty());

        assertThat(unprotected.servesEnd()).isEqualTo(Ending.already(Cause.HEARTBEAT_AWAITED));
        assertThat(unprotected.ordersEnd()).isEqualTo(Ending.already(Cause.HEARTBEAT_AWAITED));
        assertThat(seen.servesEnd().cause()).isEqualTo(Cause.STALE_POLICY);
        assertThat(register.servesEnd().cause()).isEqualTo(Cause.STALE_POLICY);
        assertThat(accepted.servesEnd().cause()).isEqualTo(Cause.STALE_POLICY);
    }

    @Test
    void whoAsksForBeatsHasOneSeenFirstAlsoWithATrustedRegister() {
        Json asking = Documents.with(Documents.gateway(), "$.rollbackRisk", Optional.empty());

        assertThat(with(asking, Enforcer.Rollback.TRUSTED_REGISTER, Optional.empty()).servesEnd())
                .isEqualTo(Ending.already(Cause.HEARTBEAT_AWAITED));
    }

    private Snapshot with(Json gateway, Enforcer.Rollback rollback, Optional<Instant> drawn) {
        Enforcer enforcer = Enforcer.simulated(rollback);
        return new SnapshotBuilder(enforcer)
                .next(Optional.empty(), Policies.usual().with("", gateway).after(Duration.ZERO))
                .on(beats(drawn));
    }

    private static Grounds beats(Optional<Instant> drawnAt) {
        return new Grounds(new Beats(Policies.START, drawnAt), TRUSTED, EarlyHalts.NONE);
    }

    private Snapshot usual(Grounds grounds) {
        return later(Policies.usual(), grounds, Duration.ZERO);
    }

    private Snapshot later(Policies policies, Grounds grounds, Duration after) {
        return builder.next(Optional.empty(), policies.after(after)).on(grounds);
    }
}
