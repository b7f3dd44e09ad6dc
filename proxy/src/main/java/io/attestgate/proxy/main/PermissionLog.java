package io.attestgate.proxy.main;

import io.attestgate.policy.snapshot.Ending;
import io.attestgate.policy.snapshot.Snapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when the ordering of certificates and serving end, why, and when they go on
 * again. Both end by clocks, with or without a new snapshot, so it looks again and again.
 *
 * <p>One thread.
 */
final class PermissionLog implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PermissionLog.class);

    private final Supplier<Optional<Snapshot>> snapshot;
    private final InstantSource clock;
    private Optional<Ending.Cause> ordering = Optional.empty();
    private Optional<Ending.Cause> serving = Optional.empty();

    /**
     * @param snapshot that is in force
     * @param clock the latest of all clocks
     */
    PermissionLog(Supplier<Optional<Snapshot>> snapshot, InstantSource clock) {
        this.snapshot = snapshot;
        this.clock = clock;
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        snapshot.get()
                .ifPresent(
                        current -> {
                            ordering = told("ordering", ordering, current.ordersEnd(), now);
                            serving = told("serving", serving, current.servesEnd(), now);
                        });
    }

    private static Optional<Ending.Cause> told(
            String what, Optional<Ending.Cause> before, Ending end, Instant now) {
        Optional<Ending.Cause> cause =
                end.isOver(now) ? Optional.of(end.cause()) : Optional.empty();
        if (!cause.equals(before)) {
            if (cause.isPresent()) {
                LOG.warn("{} ended: {}: {}", what, end.cause().word(), end.sentence());
            } else {
                LOG.info("{} goes on", what);
            }
        }
        return cause;
    }
}
