package io.attestgate.policy.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.beacon.spec.LightClientUpdate;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What messages of mainnet cost on one core, after set-up; printed, and held to the aim.
 *
 * <p>{@code ./mvnw -pl contracts/proof -am verify -Dtest=VerificationCostTest
 * -Dattestgate.excludedGroups= -Dsurefire.failIfNoSpecifiedTests=false}
 */
@Tag("long")
@RequiresPeer("vectors")
class VerificationCostTest {
    private static final Duration AIM = Duration.ofMillis(15);
    private static final int ROUNDS = 300;

    @Test
    void anUpdateIsVerifiedWithinTheAim() {
        LightClientStore store = MainnetMessages.caughtUp();
        LightClientUpdate finality = MainnetMessages.finality();
        LightClientUpdate optimistic = MainnetMessages.optimistic();
        assertThat(
                        median(
                                "finality update verified",
                                () -> store.process(finality, MainnetMessages.NOW)))
                .isLessThan(AIM);
        assertThat(
                        median(
                                "optimistic update verified",
                                () -> store.process(optimistic, MainnetMessages.NOW)))
                .isLessThan(AIM);
        byte[] json = CanonicalJson.write(Vectors.mainnet("finality.json"));
        assertThat(
                        median(
                                "finality update parsed and verified",
                                () -> store.process(parsed(json), MainnetMessages.NOW)))
                .isLessThan(AIM);
    }

    /** A committee's keys are checked once in 27 hours, which is the set-up of its period. */
    @Test
    void anUpdateThatNamesACommitteeIsVerifiedWithinTheAim() {
        LightClientStore store = MainnetMessages.caughtUp();
        LightClientUpdate newest = MainnetMessages.updates().getLast();
        assertThat(
                        median(
                                "committee update verified, its keys known",
                                () -> store.process(newest, MainnetMessages.NOW)))
                .isLessThan(AIM);
        assertThat(
                        median(
                                "512 keys checked and added, once a period",
                                () ->
                                        CommitteeKeys.validate(
                                                newest.next().orElseThrow().committee())))
                .isPositive();
    }

    private static LightClientUpdate parsed(byte[] json) {
        Json read = JsonReader.parse(json, json.length).toOptional().orElseThrow();
        return MainnetMessages.READER.finalityUpdate(read).toOptional().orElseThrow();
    }

    private static Duration median(String what, Supplier<Object> work) {
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < 2 * ROUNDS; i++) {
            long start = System.nanoTime();
            assertThat(work.get()).isNotNull();
            nanos[i % ROUNDS] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "light client: %s: median %.2f ms, 99th of 100 %.2f ms%n",
                what, nanos[ROUNDS / 2] / 1e6, nanos[ROUNDS * 99 / 100] / 1e6);
        return Duration.ofNanos(nanos[ROUNDS / 2]);
    }
}
