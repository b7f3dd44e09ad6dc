package io.attestgate.policy.snapshot;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The time by which permissions end: the latest of the system's clock, of the monotonic clock since
 * the start, and of the newest proven block. So whoever sets one clock back gains nothing; whoever
 * stops all three stretches what ends by them.
 *
 * <p>Never goes back, and never stands still while the monotonic clock runs: after a clock was set
 * forward and back, time goes on from where it was set to. Otherwise what was stamped then, and
 * ends a while later, would not end before the other clocks had come so far. For any thread.
 */
public final class LatestClock implements InstantSource {
    private final InstantSource system;
    private final LongSupplier monotonicNanos;
    private final AtomicReference<Reading> latest;

    /** A time, and what the monotonic clock showed then. */
    private record Reading(Instant time, long nanos) {

        Reading onwards(long now) {
            return new Reading(time.plusNanos(now - nanos), now);
        }

        Reading atLeast(Instant other) {
            return other.isAfter(time) ? new Reading(other, nanos) : this;
        }
    }

    /**
     * Starts the monotonic clock at the system's time.
     *
     * @param monotonicNanos nanoseconds from any origin, such as {@code System::nanoTime}
     */
    public LatestClock(InstantSource system, LongSupplier monotonicNanos) {
        this.system = system;
        this.monotonicNanos = monotonicNanos;
        this.latest =
                new AtomicReference<>(new Reading(system.instant(), monotonicNanos.getAsLong()));
    }

    /** Takes note of the time of a proven block. */
    public void proven(Instant blockTime) {
        advanceTo(blockTime);
    }

    @Override
    public Instant instant() {
        return advanceTo(system.instant());
    }

    /** The monotonic clock is read anew for each attempt, so that it never runs backwards here. */
    private Instant advanceTo(Instant time) {
        return latest.updateAndGet(
                        before -> before.onwards(monotonicNanos.getAsLong()).atLeast(time))
                .time();
    }
}
