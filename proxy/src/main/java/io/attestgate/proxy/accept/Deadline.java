package io.attestgate.proxy.accept;

import java.time.Duration;

/**
 * An instant by which something must have happened, moved as often as one likes for the price of a
 * field write.
 *
 * <p>Belongs to one {@link Loop} and is used on its thread only. Runs out at most one {@link
 * Loop#SWEEP} late, at most once; {@link #close} ends it.
 */
public final class Deadline {
    private static final long NEVER = Long.MAX_VALUE;

    /** Place in the loop's list; -1 when closed. */
    int index;

    private final Loop loop;
    private final Runnable expired;
    private long atNanos = NEVER;

    Deadline(Loop loop, Runnable expired, int index) {
        this.loop = loop;
        this.expired = expired;
        this.index = index;
    }

    /** Moves it to {@code wait} from now. */
    public void in(Duration wait) {
        atNanos = loop.nanoTime() + wait.toNanos();
    }

    /** Moves it to {@code wait} from now, but not past {@code latestNanos} of the loop's clock. */
    public void in(Duration wait, long latestNanos) {
        atNanos = Math.min(loop.nanoTime() + wait.toNanos(), latestNanos);
    }

    /** Nothing is waited for. */
    public void never() {
        atNanos = NEVER;
    }

    /** Forgets it. A second call does nothing. */
    public void close() {
        never();
        if (index >= 0) {
            loop.forget(this);
        }
    }

    void expireAt(long nowNanos) {
        if (atNanos <= nowNanos) {
            atNanos = NEVER;
            expired.run();
        }
    }
}
