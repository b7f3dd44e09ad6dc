package io.attestgate.proxy.main;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why this process must end, looked for from its first moment: when our own platform is judged
 * otherwise than at the start, or when the policy is followed no more, which takes a bug of ours.
 *
 * @param following whether the policy is read again and again
 * @param bug what ended that
 * @param changed what our own platform is judged to be, if it is not as at the start
 */
record FaultWatch(
        BooleanSupplier following,
        Supplier<Optional<Throwable>> bug,
        Supplier<Optional<String>> changed) {
    private static final Logger LOG = LoggerFactory.getLogger(FaultWatch.class);
    private static final long WATCH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** Waits until that is so; false if there is a fault before. */
    boolean await(BooleanSupplier settled) {
        while (!settled.getAsBoolean()) {
            if (fault().isPresent()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }

    /**
     * Returns once there is a fault, and logs it: what is closed after it may take long.
     *
     * @return why
     */
    String await() {
        while (true) {
            Optional<String> fault = fault();
            if (fault.isPresent()) {
                LOG.error("ending: {}", fault.get(), bug.get().orElse(null));
                return fault.get();
            }
            LockSupport.parkNanos(WATCH_NANOS);
        }
    }

    private Optional<String> fault() {
        return following.getAsBoolean()
                ? changed.get().map("own platform: %s (expected: as at the start)"::formatted)
                : Optional.of("policy: followed no more (expected: to the end)");
    }
}
