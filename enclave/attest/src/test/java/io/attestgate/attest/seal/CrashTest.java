package io.attestgate.attest.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.attest.disk.FragileDisk;
import io.attestgate.attest.disk.PowerCut;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
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

    private static int operations() throws SealException, IOException {
        FragileDisk disk = new FragileDisk();
        assertThat(play(disk)).isEqualTo(STORY.size());
        return disk.operations();
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
        for (int n = 1; n <= operations(); n++) {
            FragileDisk disk = new FragileDisk().cuttingPowerAt(n);
            int done = play(disk);
            opensOldOrNew(disk.afterKill(), states, done, "killed at " + n);
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
        for (int n = 1; n <= operations(); n++) {
            FragileDisk disk = new FragileDisk().cuttingPowerAt(n);
            int done = play(disk);
            for (int seed = 0; seed < survivalsEach; seed++) {
                String where = "cut at %d, seed %d".formatted(n, seed);
                opensOldOrNew(disk.afterPowerCut(new Random(seed)), states, done, where);
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
        for (int n = 1; n <= operations(); n++) {
            FragileDisk first = new FragileDisk().cuttingPowerAt(n);
            int done = play(first);
            for (int seed = 0; seed < survivalsEach; seed++) {
                RandomGenerator random = new Random(seed);
                FragileDisk second = first.afterPowerCut(random);
                for (int m = 1; reopens(second.afterKill().cuttingPowerAt(m)); m++) {
                    FragileDisk again = second.afterKill().cuttingPowerAt(m);
                    assertThat(reopens(again)).isTrue();
                    String where = "cut at %d then %d, seed %d".formatted(n, m, seed);
                    opensOldOrNew(again.afterPowerCut(random), states, done, where);
                }
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
        for (int n = 1; n <= operations(); n++) {
            FragileDisk disk = new FragileDisk().failingAt(n);
            int done = playOverFailures(disk, states);
            opensOldOrNew(disk.afterKill(), states, done, "failed at " + n);
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
                        return done;
                    }
                }
            }
        }
        return done;
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
