package io.attestgate.wire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void secondsAndDatesAreBothRead() {
        assertThat(RetryAfter.parse("120", NOW)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse(" Fri, 1 May 2026 12:00:30 GMT ", NOW))
                .contains(Duration.ofSeconds(30));
    }

    @Test
    void theWaitStaysWithinOurBounds() {
        assertThat(RetryAfter.parse("0", NOW)).contains(RetryAfter.WAIT_MIN);
        assertThat(RetryAfter.parse("Fri, 1 May 2020 12:00:30 GMT", NOW))
                .contains(RetryAfter.WAIT_MIN);
        assertThat(RetryAfter.parse("86401", NOW)).contains(RetryAfter.WAIT_MAX);
        assertThat(RetryAfter.parse("9".repeat(400), NOW)).contains(RetryAfter.WAIT_MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "٣", "Fri, 41 May 2026 12:00:30 GMT"})
    void whatIsNeitherFormIsNone(String field) {
        assertThat(RetryAfter.parse(field, NOW)).isEmpty();
    }

    @FuzzTest(maxDuration = "60s")
    void anyFieldGivesAWaitWithinBoundsOrNone(byte[] field) {
        RetryAfter.parse(new String(field, UTF_8), NOW)
                .ifPresent(
                        wait ->
                                assertThat(wait)
                                        .isBetween(RetryAfter.WAIT_MIN, RetryAfter.WAIT_MAX));
    }
}
