package io.attestgate.policy.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * The time by which permissions end: the latest of the system's clock, of the monotonic clock since
 * the start, and of the newest proven block. So whoever sets one clock back gains nothing; whoever
 * stops all three stretches what ends by them.
 *
 * <p>Never goes back. For any thread.
 */
public final class LatestClock implements InstantSource {
    private final InstantSource system;
    private final LongSupplier monotonicNanos;
    private final Instant start;
    private final long startNanos;
    private final AtomicReference<Instant> latest;

    /**
     * Starts the monotonic clock at the system's time.
     *
     * @param monotonicNanos nanoseconds from any origin, such as {@code System::nanoTime}
     */
    public LatestClock(InstantSource system, LongSupplier monotonicNanos) {
        this.system = system;
        this.monotonicNanos = monotonicNanos;
        this.start = system.instant();
        this.startNanos = monotonicNanos.getAsLong();
        this.latest = new AtomicReference<>(start);
    }

    /** Takes note of the time of a proven block. */
    public void proven(Instant blockTime) {
        advanceTo(blockTime);
    }

    @Override
    public Instant instant() {
        Duration since = Duration.ofNanos(monotonicNanos.getAsLong() - startNanos);
        advanceTo(start.plus(since));
        return advanceTo(system.instant());
    }

    private Instant advanceTo(Instant time) {
        return latest.accumulateAndGet(time, (a, b) -> a.isAfter(b) ? a : b);
    }
}
