package io.attestgate.collateral.http;

import java.time.Duration;

/** Waits between two attempts; a test's returns at once. */
@FunctionalInterface
public interface Pause {
    /** The thread's own. */
    Pause SLEEP = Thread::sleep;

    void await(Duration time) throws InterruptedException;
}
