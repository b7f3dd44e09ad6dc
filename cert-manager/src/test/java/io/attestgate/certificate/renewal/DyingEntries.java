package io.attestgate.certificate.renewal;

import io.attestgate.certificate.account.SealedEntries;
import io.attestgate.certificate.account.SealedStateException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The process dies at its n-th commit, before or after what is committed is on disk. */
final class DyingEntries implements SealedEntries {
    /** Stands for kill -9: nothing catches it, and nothing is committed after it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Where within the commit. */
    enum Instant {
        BEFORE,
        AFTER
    }

    private final SealedEntries entries;
    private final AtomicInteger left;
    private final Instant instant;

    /**
     * @param left commits until death, counted over everything that shares it
     */
    DyingEntries(SealedEntries entries, AtomicInteger left, Instant instant) {
        this.entries = entries;
        this.left = left;
        this.instant = instant;
    }

    @Override
    public Optional<byte[]> read(String name) throws SealedStateException {
        return entries.read(name);
    }

    @Override
    public void commit(Changes changes) throws SealedStateException {
        int now = left.decrementAndGet();
        if (now > 0 || (now == 0 && instant == Instant.AFTER)) {
            entries.commit(changes);
        }
        if (now <= 0) {
            throw new Killed();
        }
    }
}
