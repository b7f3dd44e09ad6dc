package io.attestgate.policy.snapshot;

import io.attestgate.wire.Fault;
import java.time.Instant;
import java.util.List;

/** What a name is at one block: every answer there is. */
public sealed interface DomainState {

    /** Serve it. */
    record Live(DomainPolicy policy) implements DomainState {}

    /**
     * Its newest document, or the gateway's, is bad: serve the last good one before {@code until},
     * then answer 503.
     *
     * @param policy of the last good documents
     * @param until by the latest clock
     * @param faults of the newest
     */
    record LastGood(DomainPolicy policy, Instant until, List<Fault> faults) implements DomainState {
        public LastGood {
            faults = List.copyOf(faults);
        }
    }

    /** A tombstone: not served, by a wildcard neither. */
    record Withdrawn() implements DomainState {}

    /**
     * A halt covers it: answer 503. It ends by the proven block's time alone, so by a later
     * snapshot, whatever clocks say.
     *
     * @param until the block time at which the halt ends by itself
     */
    record Halted(Instant until) implements DomainState {}

    /** There is no good document to serve it by: answer 503. */
    record Unusable(List<Fault> faults) implements DomainState {
        public Unusable {
            faults = List.copyOf(faults);
        }
    }
}
