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
    private final long deadlineNanos = System.nanoTime() + WAIT_MAX.toNanos();

    Patience(String what) {
        this.what = what;
    }

    /**
     * A short pause.
     *
     * @throws IOException if it has taken too long
     */
    void pause() throws IOException {
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new IOException("%s: none within %s".formatted(what, WAIT_MAX));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
