package io.attestgate.policy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LatestClockTest {
    private static final Instant START = Policies.START;

    private final AtomicReference<Instant> system = new AtomicReference<>(START);
    private final AtomicLong nanos = new AtomicLong(-5);
    private final LatestClock clock = new LatestClock(() -> now(system), nanos::get);

    @Test
    void theSystemsClockSetBackChangesNothing() {
        system.set(START.minusSeconds(3600));

        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void theMonotonicClockGoesOnWhereTheSystemsStops() {
        nanos.addAndGet(Duration.ofSeconds(90).toNanos());

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(90));
    }

    @Test
    void aProvenBlockIsNeverLaterThanNow() {
        clock.proven(START.plusSeconds(30));
        clock.proven(START.plusSeconds(20));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(30));
        system.set(START.plusSeconds(40));
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(40));
    }

    @Test
    void timeGoesOnFromWhereAClockWasSetToAndSetBackFrom() {
        system.set(START.plus(Duration.ofDays(6)));
        Instant stamp = clock.instant();
        system.set(START);

        nanos.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(clock.instant()).isEqualTo(stamp.plus(Duration.ofHours(1)));
    }

    @Test
    void timeGoesOnFromAProvenBlockThatIsAheadOfUs() {
        clock.proven(START.plusSeconds(30));

        nanos.addAndGet(Duration.ofSeconds(10).toNanos());

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(40));
    }

    private static Instant now(AtomicReference<Instant> source) {
        return Objects.requireNonNull(source.get());
    }
}
