package io.attestgate.certificate.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BackoffTest {
    private static final long SEED = 20_260_501;

    @ParameterizedTest
    @EnumSource(Backoff.class)
    void waitsDoubleUpToTheLongestEachWithinItsOwnHalf(Backoff backoff) {
        Random random = new Random(SEED);
        Duration whole =
                backoff == Backoff.OF_REACH ? Duration.ofSeconds(5) : Duration.ofMinutes(1);
        Duration longest =
                backoff == Backoff.OF_REACH ? Duration.ofMinutes(10) : Duration.ofHours(6);
        for (int failures = 1; failures < 100; failures++) {
            assertThat(backoff.after(failures, random))
                    .as("seed %d, failures %d", SEED, failures)
                    .isBetween(whole.dividedBy(2), whole);
            Duration doubled = whole.multipliedBy(2);
            whole = doubled.compareTo(longest) > 0 ? longest : doubled;
        }
        assertThat(backoff.after(Integer.MAX_VALUE, random)).isLessThanOrEqualTo(longest);
    }
}
