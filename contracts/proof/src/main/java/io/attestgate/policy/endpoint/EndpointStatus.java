package io.attestgate.policy.endpoint;

import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one endpoint stands.
 *
 * @param name for people: its host and port, without what its path may keep secret
 * @param state whether it is asked
 * @param until when that ends; empty if it does not end by itself
 * @param key SHA-256 of the SPKI that its TLS presented last; empty before that, and for plain http
 * @param finalised the newest block that it said to be final
 * @param lastRefusal why its newest refused answer was refused, also where good ones followed
 * @param refusals how many answers of it were refused or did not come, by what
 */
public record EndpointStatus(
        String name,
        State state,
        Optional<Instant> until,
        Optional<Hash32> key,
        OptionalLong finalised,
        Optional<Refusal> lastRefusal,
        Map<Failure, Long> refusals) {
    public EndpointStatus {
        refusals = Map.copyOf(refusals);
    }

    /** Every way in which an endpoint stands. */
    public enum State {
        /** Not asked yet. */
        UNTRIED,
        /** Its newest answer was good. */
        ANSWERING,
        /** It failed, and is asked after the others until its rest ends. */
        RESTING,
        /** It lied, and is not asked. */
        QUARANTINED
    }

    /**
     * An answer that was refused, or did not come.
     *
     * @param name what was wrong
     * @param message in words
     * @param at when, by the system's clock
     */
    public record Refusal(Failure name, String message, Instant at) {}
}
