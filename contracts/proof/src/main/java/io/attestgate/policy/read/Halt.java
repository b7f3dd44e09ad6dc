package io.attestgate.policy.read;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest halt of a name and all below it, as its slot holds it. Mirrors {@code Reduction} of
 * the contract: times are block times.
 *
 * @param start when it began
 * @param until the first second at which it is over by itself
 * @param lifted when the governor ended it; empty if he did not
 * @param number the change that began it, which tells two of one block apart
 */
public record Halt(Instant start, Instant until, Optional<Instant> lifted, long number) {
    /** For so long after its beginning a halt counts: 7 days and 30 days of rest. */
    static final Duration CYCLE = Duration.ofDays(37);

    /** Whether it keeps its names from being served at the block time {@code at}. */
    public boolean stands(Instant at) {
        return !at.isBefore(start) && at.isBefore(until) && lifted.map(at::isBefore).orElse(true);
    }

    /** Whether it began within the 37 days before {@code at}: lifted or over, it still counts. */
    public boolean counts(Instant at) {
        return !at.isBefore(start) && at.isBefore(start.plus(CYCLE));
    }
}
