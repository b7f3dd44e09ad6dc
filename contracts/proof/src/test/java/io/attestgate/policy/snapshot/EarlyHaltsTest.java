package io.attestgate.policy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.Halt;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.NameEntry.Status;
import io.attestgate.policy.snapshot.DomainState.Halted;
import io.attestgate.policy.snapshot.DomainState.Live;
import io.attestgate.policy.snapshot.DomainState.Withdrawn;
import io.attestgate.wire.Hostname;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Halts short of finality take away and give nothing, whatever they are. */
class EarlyHaltsTest {
    private static final int REGISTRIES = 500;
    private static final List<String> NAMES =
            List.of("a.example", "b.a.example", "*.a.example", "c.example", "example");
    private static final List<String> HOSTS =
            List.of(
                    "a.example",
                    "b.a.example",
                    "x.a.example",
                    "c.example",
                    "x.c.example",
                    "example",
                    "other.test");
    private static final Duration AGE = Duration.ofDays(100);
    private static final Instant NOW = Policies.START.plus(AGE);

    private final SnapshotBuilder builder = new SnapshotBuilder(Policies.SIMULATED);

    @Test
    void noEarlyReadingServesMoreOrOtherwiseThanFinalStateDoes() {
        long seed = 20_261_124;
        Random random = new Random(seed);
        int taken = 0;
        for (int i = 0; i < REGISTRIES; i++) {
            Snapshot last = finalised(registry(random));
            EarlyHalts early = early(random);
            Snapshot reduced = last.on(on(early));
            for (String host : HOSTS) {
                Optional<DomainState> before = last.lookup(new Hostname(host));
                Optional<DomainState> after = reduced.lookup(new Hostname(host));
                assertThat(isOnlyLess(before, after))
                        .as("seed %d, registry %d, host %s: %s, %s", seed, i, host, before, after)
                        .isTrue();
                taken += after.equals(before) ? 0 : 1;
            }
            last.domains()
                    .forEach(
                            (name, state) ->
                                    assertThat(
                                                    isOnlyLess(
                                                            Optional.of(state),
                                                            Optional.ofNullable(
                                                                    reduced.domains().get(name))))
                                            .isTrue());
            assertThat(reduced.domains()).hasSameSizeAs(last.domains());
            assertThat(reduced.gateway()).isEqualTo(last.gateway());
            assertThat(reduced.point()).isEqualTo(last.point());
            assertThat(reduced.ordersEnd()).isEqualTo(last.ordersEnd());
            assertThat(reduced.servesEnd()).isEqualTo(last.servesEnd());
        }
        assertThat(taken).isGreaterThan(REGISTRIES / 10);
    }

    /** The very same, or a halt where there was something to halt. */
    @SuppressWarnings("ReferenceEquality") // Another instance could be another policy.
    private static boolean isOnlyLess(Optional<DomainState> before, Optional<DomainState> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return before.isEmpty() && after.isEmpty();
        }
        return after.get() == before.get()
                || after.equals(before)
                || (after.get() instanceof Halted && !(before.get() instanceof Withdrawn));
    }

    @Test
    void anEarlyHaltCoversWhatIsBelowAndEndsWithItsReading() {
        Snapshot last = finalised(Policies.usual());
        Halt halt = halt(NOW.plusSeconds(5), 1, 9);
        Snapshot reduced = last.on(on(early("example", halt)));

        assertThat(last.lookup(new Hostname("app.example"))).get().isInstanceOf(Live.class);
        assertThat(reduced.lookup(new Hostname("app.example"))).contains(new Halted(halt.until()));
        assertThat(reduced.earlyHalts()).containsExactly(new PolicyName("example"));
        assertThat(reduced.on(Grounds.fulfilled()).lookup(new Hostname("app.example")))
                .isEqualTo(last.lookup(new Hostname("app.example")));
        assertThat(reduced.on(Grounds.fulfilled()).domains()).isSameAs(last.domains());
    }

    @Test
    void aHaltThatFinalStateHasAlreadyIsNotEarly() {
        Halt lifted = new Halt(NOW.minusSeconds(60), NOW.plusSeconds(60), Optional.of(NOW), 9);
        Halt standing = new Halt(lifted.start(), lifted.until(), Optional.empty(), 9);
        Snapshot last = finalised(Policies.usual().halted("app.example", lifted));
        Snapshot reduced = last.on(on(early("app.example", standing)));

        assertThat(reduced.earlyHalts()).isEmpty();
        assertThat(reduced.lookup(new Hostname("app.example"))).get().isInstanceOf(Live.class);
    }

    @Test
    void anEarlyLiftLiftsNothing() {
        Halt standing = halt(NOW.minusSeconds(60), 1, 9);
        Halt lifted = new Halt(standing.start(), standing.until(), Optional.of(NOW), 9);
        Snapshot last = finalised(Policies.usual().halted("app.example", standing));

        assertThat(last.on(on(early("app.example", lifted))).lookup(new Hostname("app.example")))
                .contains(new Halted(standing.until()));
    }

    @Test
    void anEarlyHaltThatRestsUnderAnOlderOneDoesNotCountHereEither() {
        Halt over = halt(NOW.minus(Duration.ofDays(10)), 1, 3);
        Snapshot last = finalised(Policies.usual().halted("example", over));

        assertThat(
                        last.on(on(early("app.example", halt(NOW.plusSeconds(5), 1, 9))))
                                .lookup(new Hostname("app.example")))
                .get()
                .isInstanceOf(Live.class);
    }

    private Snapshot finalised(Policies policies) {
        return builder.next(Optional.empty(), policies.after(AGE)).on(Grounds.fulfilled());
    }

    private static Grounds on(EarlyHalts early) {
        Grounds fulfilled = Grounds.fulfilled();
        return new Grounds(fulfilled.beats(), fulfilled.measurement(), early);
    }

    private static EarlyHalts early(String name, Halt halt) {
        return new EarlyHalts(Map.of(new PolicyName(name), halt), NOW.plusSeconds(12));
    }

    private static EarlyHalts early(Random random) {
        Map<PolicyName, Halt> halts = new TreeMap<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String name = random.nextInt(6) == 0 ? "" : plain(random);
            halts.put(new PolicyName(name), randomHalt(random));
        }
        return new EarlyHalts(halts, NOW.plusSeconds(random.nextInt(2_000)));
    }

    private static Policies registry(Random random) {
        Policies policies = Policies.usual();
        for (String name : NAMES) {
            Optional<Halt> halt =
                    random.nextInt(3) == 0 && !name.startsWith("*")
                            ? Optional.of(randomHalt(random))
                            : Optional.empty();
            switch (random.nextInt(4)) {
                case 0 -> policies.withdrawn(name);
                case 1 ->
                        policies.with(
                                name,
                                new NameEntry(
                                        Status.LISTED, Optional.empty(), Optional.empty(), halt));
                default -> {
                    policies.with(name, Policies.domain(name));
                    halt.ifPresent(one -> policies.halted(name, one));
                }
            }
        }
        return policies;
    }

    private static String plain(Random random) {
        String name = NAMES.get(random.nextInt(NAMES.size()));
        return name.startsWith("*") ? "a.example" : name;
    }

    private static Halt randomHalt(Random random) {
        Instant start = NOW.minus(Duration.ofHours(random.nextInt(45 * 24))).plusSeconds(30);
        Halt halt = halt(start, 1 + random.nextInt(7), 1 + random.nextInt(20));
        return random.nextInt(4) == 0
                ? new Halt(start, halt.until(), Optional.of(start.plusSeconds(60)), halt.number())
                : halt;
    }

    private static Halt halt(Instant start, int days, long number) {
        return new Halt(start, start.plus(Duration.ofDays(days)), Optional.empty(), number);
    }
}
