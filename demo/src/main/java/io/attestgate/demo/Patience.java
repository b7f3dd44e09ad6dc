package io.attestgate.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process does, in short pauses and not for ever. */
final class Patience {
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String what;
    private final Duration wait;
    private final long deadlineNanos;

    Patience(String what) {
        this(what, WAIT_MAX);
    }

    Patience(String what, Duration wait) {
        this.what = what;
        this.wait = wait;
        this.deadlineNanos = System.nanoTime() + wait.toNanos();
    }

    /**
     * A short pause.
     *
     * @throws IOException if it has taken too long
     */
    void pause() throws IOException {
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new IOException("%s: none within %s".formatted(what, wait));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
