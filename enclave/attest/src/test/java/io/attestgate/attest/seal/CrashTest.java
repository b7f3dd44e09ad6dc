package io.attestgate.attest.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.disk.FragileDisk;
import io.attestgate.attest.disk.FragileDisk.Last;
import io.attestgate.attest.disk.PowerCut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A store that stops or fails at its n-th disk operation, for every n: what opens afterwards is the
 * state before the commit or the one after it, whole.
 */
final class CrashTest {
    private static final List<Step> STORY =
            List.of(
                    new Step(
                            StoreFixture.TLS,
                            () -> StoreFixture.put(Map.of("key", "one", "certificate", "first"))),
                    new Step(
                            Purpose.ACME_ACCOUNT, () -> StoreFixture.put(Map.of("key", "account"))),
                    new Step(
                            StoreFixture.TLS,
                            () ->
                                    StoreFixture.put(Map.of("key", "two", "evidence", "of two"))
                                            .remove("certificate")),
                    new Step(StoreFixture.TLS, () -> Changes.none().remove("evidence")));

    private record Step(Purpose purpose, Supplier<Changes> changes) {}

    /** The contents after each step of an undisturbed story, from none. */
    private static List<Map<String, String>> states() throws SealException, IOException {
        List<Map<String, String>> states = new ArrayList<>();
        try (SealedStore store = StoreFixture.open(new FragileDisk())) {
            states.add(StoreFixture.contents(store));
            for (Step step : STORY) {
                store.compartment(step.purpose()).commit(step.changes().get());
                states.add(StoreFixture.contents(store));
            }
        }
        return states;
    }

    /** In one of the story's disk operations, which was then done or not. */
    private record Instant(int operation, Last last) {
        FragileDisk cutPower(FragileDisk disk) {
            return disk.cuttingPowerAt(operation, last);
        }
    }

    private static List<Instant> instants() throws SealException, IOException {
        FragileDisk disk = new FragileDisk();
        assertThat(play(disk)).isEqualTo(STORY.size());
        return IntStream.rangeClosed(1, disk.operations())
                .boxed()
                .flatMap(n -> Stream.of(Last.values()).map(last -> new Instant(n, last)))
                .toList();
    }

    /** Plays until the end or the power cut; how many commits returned. */
    private static int play(FragileDisk disk) throws SealException, IOException {
        int done = 0;
        try (SealedStore store = StoreFixture.open(disk)) {
            for (Step step : STORY) {
                store.compartment(step.purpose()).commit(step.changes().get());
                done++;
            }
        } catch (PowerCut cut) {
            return done;
        }
        return done;
    }

    @Test
    void aProcessKilledAtAnyOperationLeavesTheOldStateOrTheNewOne() throws Exception {
        List<Map<String, String>> states = states();
        for (Instant at : instants()) {
            FragileDisk disk = at.cutPower(new FragileDisk());
            int done = play(disk);
            opensOldOrNew(disk.afterKill(), states, done, "killed at " + at);
        }
    }

    @Test
    void aPowerCutAtAnyOperationLeavesTheOldStateOrTheNewOne() throws Exception {
        cutPower(6);
    }

    @Test
    @Tag("long")
    void manyPowerCutsAtEveryOperationLeaveTheOldStateOrTheNewOne() throws Exception {
        cutPower(400);
    }

    private static void cutPower(int survivalsEach) throws Exception {
        List<Map<String, String>> states = states();
        for (Instant at : instants()) {
            FragileDisk disk = at.cutPower(new FragileDisk());
            int done = play(disk);
            for (int seed = 0; seed < survivalsEach; seed++) {
                String where = "cut at %s, seed %d".formatted(at, seed);
                opensOldOrNew(disk.afterPowerCut(new SplittableRandom(seed)), states, done, where);
            }
        }
    }

    @Test
    void aPowerCutWhileACutIsBeingMendedLeavesTheOldStateOrTheNewOne() throws Exception {
        cutTwice(2);
    }

    @Test
    @Tag("long")
    void manyPowerCutsWhileACutIsBeingMendedLeaveTheOldStateOrTheNewOne() throws Exception {
        cutTwice(40);
    }

    private static void cutTwice(int survivalsEach) throws Exception {
        List<Map<String, String>> states = states();
        for (Instant at : instants()) {
            FragileDisk first = at.cutPower(new FragileDisk());
            int done = play(first);
            for (int seed = 0; seed < survivalsEach; seed++) {
                cutTwice(
                        first.afterPowerCut(new SplittableRandom(seed)),
                        states,
                        done,
                        at + ", " + seed);
            }
        }
    }

    private static void cutTwice(
            FragileDisk left, List<Map<String, String>> states, int done, String where)
            throws SealException, IOException {
        for (Last last : Last.values()) {
            boolean cut = true;
            for (int m = 1; cut; m++) {
                FragileDisk again = left.afterKill().cuttingPowerAt(m, last);
                cut = reopens(again);
                RandomGenerator random = new SplittableRandom(m);
                String twice = "cut at %s, then %s %d".formatted(where, last, m);
                opensOldOrNew(again.afterPowerCut(random), states, done, twice);
            }
        }
    }

    /** Opens, and says whether the power went meanwhile. */
    private static boolean reopens(FragileDisk disk) throws SealException, IOException {
        try (SealedStore store = StoreFixture.open(disk)) {
            assertThat(store.purposes()).isNotNull();
            return false;
        } catch (PowerCut cut) {
            return true;
        }
    }

    @Test
    void aDiskThatFailsAtAnyOperationChangesNothingOrAsksToBeOpenedAgain() throws Exception {
        List<Map<String, String>> states = states();
        for (Instant at : instants()) {
            FragileDisk disk = new FragileDisk().failingAt(at.operation(), at.last());
            int done = playOverFailures(disk, states);
            opensOldOrNew(disk.afterKill(), states, done, "failed at " + at);
        }
    }

    /** Repeats a commit that changed nothing; stops at one that is unsettled. */
    private static int playOverFailures(FragileDisk disk, List<Map<String, String>> states)
            throws SealException, IOException {
        int done = 0;
        try (SealedStore store = StoreFixture.open(disk)) {
            while (done < STORY.size()) {
                Step step = STORY.get(done);
                try {
                    store.compartment(step.purpose()).commit(step.changes().get());
                    done++;
                } catch (SealException e) {
                    assertThat(StoreFixture.contents(store)).isEqualTo(states.get(done));
                    if (!e.retryable()) {
                        assertThat(e.reason()).isEqualTo(SealException.Reason.UNSETTLED);
                        staysUnsettled(store);
                        return done;
                    }
                }
            }
        }
        return done;
    }

    private static void staysUnsettled(SealedStore store) {
        Compartment anchor = store.compartment(Purpose.ANCHOR);
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> anchor.commit(StoreFixture.put(Map.of("later", "one"))))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(SealException.Reason.UNSETTLED));
    }

    private static void opensOldOrNew(
            FragileDisk disk, List<Map<String, String>> states, int done, String where)
            throws SealException, IOException {
        try (SealedStore store = StoreFixture.open(disk)) {
            Map<String, String> found = StoreFixture.contents(store);
            assertThat(states.subList(done, Math.min(done + 2, states.size())))
                    .as(where)
                    .contains(found);
            store.compartment(Purpose.ANCHOR).commit(StoreFixture.put(Map.of("after", where)));
        }
        try (SealedStore store = StoreFixture.open(disk)) {
            assertThat(StoreFixture.contents(store)).as(where).containsEntry("anchor:after", where);
        }
    }
}
