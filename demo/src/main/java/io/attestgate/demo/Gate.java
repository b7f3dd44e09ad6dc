package io.attestgate.demo;

import java.util.concurrent.CompletableFuture;

/** What a download waits for when half of it is sent. */
record Gate(CompletableFuture<Void> opened) {
    /** A gate that is shut until {@link #release}. */
    Gate() {
        this(new CompletableFuture<>());
    }

    /** A gate that nobody waits at. */
    static Gate open() {
        return new Gate(CompletableFuture.completedFuture(null));
    }

    void release() {
        opened.complete(null);
    }
}
