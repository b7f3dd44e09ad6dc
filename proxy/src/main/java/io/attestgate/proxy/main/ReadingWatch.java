package io.attestgate.proxy.main;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.PolicySource;
import io.attestgate.policy.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches readings: why blocks are believed, what refused readings failed by, and how long changes
 * of the policy took to be obeyed.
 *
 * <p>Read and told by one thread; asked by any.
 */
final class ReadingWatch implements PolicySource {
    private final PolicySource source;
    private final InstantSource clock;
    private final Map<Failure, Long> refusals = new EnumMap<>(Failure.class);

    private @Nullable Instant startOfLast;
    private @Nullable Instant startOfThis;
    private long enforcedEpoch = -1;
    private Optional<Duration> lag = Optional.empty();
    private Optional<String> justification = Optional.empty();

    ReadingWatch(PolicySource source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public PolicyReading read() throws PolicyReadException {
        Instant start = clock.instant();
        try {
            PolicyReading reading = source.read();
            noteGood(reading, start);
            return reading;
        } catch (PolicyReadException e) {
            noteRefused(e.failure());
            throw e;
        }
    }

    /**
     * Takes note that a snapshot is obeyed. If it changed the policy, the change was not final yet
     * when the reading before began, so it took at most the time since then.
     */
    synchronized void enforced(Snapshot snapshot) {
        long epoch = snapshot.point().epoch();
        if (startOfLast != null && enforcedEpoch >= 0 && epoch > enforcedEpoch) {
            lag = Optional.of(Duration.between(startOfLast, clock.instant()));
        }
        enforcedEpoch = epoch;
    }

    /** At most how long the newest change took from finality to being obeyed; empty before one. */
    synchronized Optional<Duration> lag() {
        return lag;
    }

    /** Why the block of the newest reading is believed to be final. */
    synchronized Optional<String> justification() {
        return justification;
    }

    /** How many readings failed, by what. */
    synchronized Map<Failure, Long> refusals() {
        return Map.copyOf(refusals);
    }

    private synchronized void noteGood(PolicyReading reading, Instant start) {
        startOfLast = startOfThis;
        startOfThis = start;
        justification = Optional.of(reading.justification());
    }

    private synchronized void noteRefused(Failure failure) {
        refusals.merge(failure, 1L, Long::sum);
    }
}
