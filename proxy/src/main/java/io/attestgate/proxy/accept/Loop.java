package io.attestgate.proxy.accept;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One event loop and what its connections share: a clock, deadlines, pending flushes.
 *
 * <p>Every method but {@link #executor} is for its own thread. A connection stays on one loop, and
 * so do the upstream connections it uses, so nothing here is locked.
 *
 * <p>Deadlines are one list that is swept {@value #SWEEPS_PER_SECOND} times a second: moving one,
 * which every request does several times, costs a field write, where a timer would cost a heap
 * operation each time. Flushes are collected and made once, after everything that was ready in this
 * turn of the loop has been read: one system call for many small writes.
 */
public final class Loop {
    static final int SWEEPS_PER_SECOND = 5;

    /** How late a deadline may be. */
    public static final Duration SWEEP = Duration.ofSeconds(1).dividedBy(SWEEPS_PER_SECOND);

    private final EventLoop executor;
    private final List<Deadline> deadlines = new ArrayList<>();
    private List<Flusher> unflushed = new ArrayList<>();
    private List<Flusher> flushing = new ArrayList<>();

    Loop(EventLoop executor) {
        this.executor = executor;
    }

    void open() {
        var _ =
                executor.scheduleWithFixedDelay(
                        this::sweep, SWEEP.toNanos(), SWEEP.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The thread. */
    public EventLoop executor() {
        return executor;
    }

    /** Monotonic; meaningful as a difference only. */
    public long nanoTime() {
        return System.nanoTime();
    }

    /** A deadline that never runs out until it is moved; its owner closes it. */
    public Deadline deadline(Runnable expired) {
        Deadline deadline = new Deadline(this, expired, deadlines.size());
        deadlines.add(deadline);
        return deadline;
    }

    /** A way to flush {@code channel}, which lives on this loop, once per turn. */
    public Flusher flusher(Channel channel) {
        return new Flusher(this, channel);
    }

    void flushLater(Flusher flusher) {
        if (unflushed.isEmpty()) {
            executor.execute(this::flushAll);
        }
        unflushed.add(flusher);
    }

    private void flushAll() {
        List<Flusher> batch = unflushed;
        unflushed = flushing;
        flushing = batch;
        for (Flusher flusher : batch) {
            flusher.now();
        }
        batch.clear();
    }

    void forget(Deadline deadline) {
        Deadline last = deadlines.removeLast();
        if (last != deadline) {
            deadlines.set(deadline.index, last);
            last.index = deadline.index;
        }
        deadline.index = -1;
    }

    private void sweep() {
        long nowNanos = nanoTime();
        // Backwards, because a deadline that runs out may close itself; what then moves into its
        // place has been looked at already.
        for (int i = deadlines.size() - 1; i >= 0; i--) {
            if (i < deadlines.size()) {
                deadlines.get(i).expireAt(nowNanos);
            }
        }
    }
}
