package io.attestgate.policy.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.PolicySource;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.Grounds;
import io.attestgate.policy.snapshot.Policies;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PolicyFollowerTest {
    private static final Instant NOW = Policies.START.plusSeconds(60);

    private final Deque<Optional<PolicyReading>> readings = new ArrayDeque<>();
    private final List<Snapshot> received = new ArrayList<>();
    private final PolicyFollower follower = follower(this::next, received);

    @Test
    void eachReadingIsHandedOnAsASnapshot() {
        readings.add(Optional.of(Policies.usual().after(Duration.ZERO)));
        readings.add(Optional.of(Policies.usual().after(Duration.ofSeconds(12))));

        follower.read();
        follower.read();

        assertThat(received)
                .extracting(snapshot -> snapshot.point().blockTime())
                .containsExactly(Policies.START, Policies.START.plusSeconds(12));
        assertThat(follower.status().snapshot()).containsSame(received.getLast());
        assertThat(follower.status().age(NOW)).contains(Duration.ofSeconds(48));
        assertThat(follower.status().readAt()).contains(NOW);
        assertThat(follower.status().failure()).isEmpty();
    }

    @Test
    void aFailureKeepsTheNewestSnapshotAndIsToldByName() {
        readings.add(Optional.of(Policies.usual().after(Duration.ZERO)));
        readings.add(Optional.empty());
        readings.add(Optional.empty());
        readings.add(Optional.of(Policies.usual().after(Duration.ofSeconds(24))));

        follower.read();
        follower.read();
        follower.read();

        assertThat(received).hasSize(1);
        assertThat(follower.status().snapshot()).containsSame(received.getFirst());
        assertThat(follower.status().failedReadings()).isEqualTo(2);
        assertThat(follower.status().failure().map(FollowerStatus.ReadFailure::name))
                .contains(Failure.UNREACHABLE);
        follower.read();
        assertThat(follower.status().failure()).isEmpty();
        assertThat(follower.status().failedReadings()).isZero();
    }

    @Test
    void beforeTheFirstReadingThereIsNothing() {
        readings.add(Optional.empty());

        assertThat(follower.status().snapshot()).isEmpty();
        assertThat(follower.isFollowing()).isFalse();
        follower.read();
        assertThat(follower.status().age(NOW)).isEmpty();
        assertThat(received).isEmpty();
    }

    @Test
    void aBugEndsTheReadingsAndIsKept() {
        IllegalStateException bug = new IllegalStateException("a bug of ours");
        PolicyFollower started =
                follower(
                        () -> {
                            throw bug;
                        },
                        new ArrayList<>());
        try (ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1)) {
            scheduler.setContinueExistingPeriodicTasksAfterShutdownPolicy(true);
            started.start(scheduler, Duration.ofMillis(1));
        }

        assertThat(started.isFollowing()).isFalse();
        assertThat(started.bug()).containsSame(bug);
        assertThat(follower.bug()).isEmpty();
    }

    @Test
    void onceStartedItReadsAgainAndAgainUntilClosed() throws Exception {
        CountDownLatch three = new CountDownLatch(3);
        PolicySource source =
                () -> {
                    three.countDown();
                    return Policies.usual().after(Duration.ofSeconds(three.getCount()));
                };
        PolicyFollower started = follower(source, new ArrayList<>());
        try (ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor()) {
            started.start(scheduler, Duration.ofMillis(1));

            assertThat(three.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(started.isFollowing()).isTrue();
            started.close();
            assertThat(started.isFollowing()).isFalse();
        }
    }

    private PolicyReading next() throws PolicyReadException {
        Optional<PolicyReading> reading = readings.remove();
        if (reading.isEmpty()) {
            throw new PolicyReadException(Failure.UNREACHABLE, "no connection");
        }
        return reading.get();
    }

    private static PolicyFollower follower(PolicySource source, List<Snapshot> received) {
        return new PolicyFollower(
                source,
                new SnapshotBuilder(Enforcer.simulated(Enforcer.Rollback.TRUSTED_REGISTER)),
                bare -> Grounds.fulfilled(),
                received::add,
                () -> NOW);
    }
}
