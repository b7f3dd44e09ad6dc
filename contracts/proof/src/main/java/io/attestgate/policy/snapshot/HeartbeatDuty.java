package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.HeartbeatRule;
import java.time.Duration;
import java.util.Optional;

/**
 * What the gateway's document asks of this very platform by way of beats.
 *
 * @param beforeServing whether one has to be seen before anything is served after a start
 * @param rule how often one has to be seen from then on; empty where none is asked for
 */
public record HeartbeatDuty(boolean beforeServing, Optional<HeartbeatRule> rule) {
    static final HeartbeatDuty NONE = new HeartbeatDuty(false, Optional.empty());

    /** Whether nonces are to be drawn, given whether one was seen since the start. */
    public boolean asks(boolean seen) {
        return rule.isPresent() || (beforeServing && !seen);
    }

    /** The rule that nonces are drawn by: the usual one where only the start asks for a beat. */
    public HeartbeatRule drawnBy() {
        return rule.orElse(HeartbeatRule.USUAL);
    }

    /** From when on no certificates are ordered. */
    Ending soft(Beats beats) {
        return awaited(beats)
                ? Ending.already(Ending.Cause.HEARTBEAT_AWAITED)
                : missed(beats, rule.map(HeartbeatRule::soft));
    }

    /** From when on nothing is served. */
    Ending hard(Beats beats) {
        return awaited(beats)
                ? Ending.already(Ending.Cause.HEARTBEAT_AWAITED)
                : missed(beats, rule.map(HeartbeatRule::hard));
    }

    private boolean awaited(Beats beats) {
        return beforeServing && beats.newestDrawnAt().isEmpty();
    }

    private static Ending missed(Beats beats, Optional<Duration> bound) {
        return bound.map(
                        age ->
                                new Ending(
                                        beats.freshFrom().plus(age), Ending.Cause.HEARTBEAT_MISSED))
                .orElse(Ending.NEVER);
    }
}
