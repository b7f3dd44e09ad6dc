package io.attestgate.policy.follow;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.read.PolicySource;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the policy at an interval, makes each reading a snapshot and hands it to one consumer.
 *
 * <p>A reading that fails changes nothing but the status: the newest snapshot stays, and whoever
 * serves by it compares its age at use. Every reading that succeeds is handed on, since the proven
 * time moves even where no name does.
 *
 * <p>Readings run one after the other on the scheduler that is handed in; {@link #status} is for
 * any thread.
 */
public final class PolicyFollower implements AutoCloseable {
    private final PolicySource source;
    private final SnapshotBuilder builder;
    private final Judge judge;
    private final Consumer<Snapshot> consumer;
    private final InstantSource clock;

    /** Written by the scheduler's thread alone. */
    private volatile FollowerStatus status = FollowerStatus.BEFORE_THE_FIRST;

    private @Nullable ScheduledFuture<?> readings;

    /**
     * @param source read on the scheduler's thread
     * @param builder makes the snapshots
     * @param judge says on what grounds each permits anything, on the scheduler's thread
     * @param consumer is handed each, on the scheduler's thread; returns soon and throws nothing
     * @param clock dates the status
     */
    public PolicyFollower(
            PolicySource source,
            SnapshotBuilder builder,
            Judge judge,
            Consumer<Snapshot> consumer,
            InstantSource clock) {
        this.source = source;
        this.builder = builder;
        this.judge = judge;
        this.consumer = consumer;
        this.clock = clock;
    }

    /**
     * Reads now and then again, each time {@code interval} after the reading before ended.
     *
     * @param scheduler of one thread that may block, closed by the caller after this
     */
    public synchronized void start(ScheduledExecutorService scheduler, Duration interval) {
        if (readings != null) {
            throw new IllegalStateException("follower: started (expected: once)");
        }
        readings =
                scheduler.scheduleWithFixedDelay(
                        this::read, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How following goes, at this moment. */
    public FollowerStatus status() {
        return status;
    }

    /** Whether readings go on: not before the start, after the end, or after a bug of ours. */
    public synchronized boolean isFollowing() {
        return readings != null && !readings.isDone();
    }

    /** The bug of ours that ended the readings; empty if none did. */
    public synchronized Optional<Throwable> bug() {
        return readings != null && readings.state() == Future.State.FAILED
                ? Optional.of(readings.exceptionNow())
                : Optional.empty();
    }

    /** Begins no further reading; one that runs ends by its own timeouts. */
    @Override
    public synchronized void close() {
        if (readings != null) {
            readings.cancel(true);
        }
    }

    /** One reading; the only writer of the status. */
    void read() {
        FollowerStatus before = status;
        try {
            Snapshot bare = builder.next(before.snapshot(), source.read());
            Snapshot newest = bare.on(judge.judge(bare));
            status = before.with(newest, clock.instant());
            consumer.accept(newest);
        } catch (PolicyReadException e) {
            status = before.with(e, clock.instant());
        }
    }
}
