package io.attestgate.certificate.renewal;

import io.attestgate.certificate.account.SealedEntries;
import io.attestgate.certificate.account.SealedStateException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The disk fails once, at the n-th commit, before or after what is committed is there. */
final class FailingOnce implements SealedEntries {
    private final SealedEntries entries;
    private final AtomicInteger left;
    private final DyingEntries.Instant instant;

    /**
     * @param left commits until the failure, counted over everything that shares it
     */
    FailingOnce(SealedEntries entries, AtomicInteger left, DyingEntries.Instant instant) {
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
        boolean fails = left.decrementAndGet() == 0;
        if (!fails || instant == DyingEntries.Instant.AFTER) {
            entries.commit(changes);
        }
        if (fails) {
            throw new SealedStateException("no space left on device");
        }
    }
}
