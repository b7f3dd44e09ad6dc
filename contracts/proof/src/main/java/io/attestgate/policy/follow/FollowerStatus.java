package io.attestgate.policy.follow;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.snapshot.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How following goes.
 *
 * @param snapshot the newest; empty before the first reading succeeded
 * @param readAt when that reading ended, by the system's clock
 * @param failure why the readings since then failed, the newest reason; empty if none did
 * @param failedReadings how many failed since then
 */
public record FollowerStatus(
        Optional<Snapshot> snapshot,
        Optional<Instant> readAt,
        Optional<ReadFailure> failure,
        long failedReadings) {
    static final FollowerStatus BEFORE_THE_FIRST =
            new FollowerStatus(Optional.empty(), Optional.empty(), Optional.empty(), 0);

    /**
     * A reading that failed.
     *
     * @param name what went wrong
     * @param message in words, with what was found and what was expected
     * @param at when, by the system's clock
     */
    public record ReadFailure(PolicyReadException.Failure name, String message, Instant at) {}

    /** How old the newest proven block is at {@code now}. */
    public Optional<Duration> age(Instant now) {
        return snapshot.map(newest -> Duration.between(newest.point().blockTime(), now));
    }

    FollowerStatus with(Snapshot newest, Instant at) {
        return new FollowerStatus(Optional.of(newest), Optional.of(at), Optional.empty(), 0);
    }

    FollowerStatus with(PolicyReadException cause, Instant at) {
        return new FollowerStatus(
                snapshot,
                readAt,
                Optional.of(
                        new ReadFailure(cause.failure(), String.valueOf(cause.getMessage()), at)),
                failedReadings + 1);
    }
}
