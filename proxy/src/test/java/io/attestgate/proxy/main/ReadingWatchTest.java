package io.attestgate.proxy.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReadingWatchTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private Instant now = START;
    private long epoch = 7;
    private Optional<Failure> failure = Optional.empty();
    private final ReadingWatch watch =
            new ReadingWatch(
                    () -> {
                        if (failure.isPresent()) {
                            throw new PolicyReadException(failure.get(), "as the test wants");
                        }
                        return reading();
                    },
                    () -> now);

    @Test
    void aChangeTookAtMostTheTimeSinceTheLastReadingThatDidNotHaveItBegan() throws Exception {
        enforce();
        assertThat(watch.lag()).isEmpty();
        now = START.plusSeconds(2);
        enforce();
        assertThat(watch.lag()).isEmpty();
        now = START.plusSeconds(4);
        epoch = 8;
        PolicyReading changed = watch.read();
        now = START.plusMillis(4_300);
        watch.enforced(snapshot(changed));

        assertThat(watch.lag()).contains(Duration.ofMillis(2_300));
        assertThat(watch.justification()).isPresent();
    }

    @Test
    void readingsThatFailAreCountedByTheirNames() {
        failure = Optional.of(Failure.NO_QUORUM);
        assertThatThrownBy(watch::read).isInstanceOf(PolicyReadException.class);
        assertThatThrownBy(watch::read).isInstanceOf(PolicyReadException.class);
        failure = Optional.of(Failure.WRONG_PROOF);
        assertThatThrownBy(watch::read).isInstanceOf(PolicyReadException.class);

        assertThat(watch.refusals())
                .isEqualTo(Map.of(Failure.NO_QUORUM, 2L, Failure.WRONG_PROOF, 1L));
    }

    private void enforce() throws PolicyReadException {
        watch.enforced(snapshot(watch.read()));
    }

    private static Snapshot snapshot(PolicyReading reading) {
        Enforcer enforcer = Enforcer.simulated(Enforcer.Rollback.TRUSTED_REGISTER);
        return new SnapshotBuilder(enforcer).next(Optional.empty(), reading);
    }

    private PolicyReading reading() {
        return PolicyReading.of(
                new PolicyPoint(1, Address.ZERO, epoch, Hash32.ZERO, epoch, Hash32.ZERO, START),
                Map.of());
    }
}
