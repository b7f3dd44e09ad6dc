package io.attestgate.policy.snapshot;

import java.time.Instant;

/**
 * From when on something is permitted no longer, and why. A permission ends by the latest clock, at
 * use.
 *
 * @param at from then on; {@link Instant#MIN} where it is not permitted at all
 * @param cause why
 */
public record Ending(Instant at, Cause cause) {
    /** Without an end in sight. */
    public static final Ending NEVER = new Ending(Instant.MAX, Cause.STALE_POLICY);

    /** Not permitted at any time, whatever clocks say. */
    public static Ending already(Cause cause) {
        return new Ending(Instant.MIN, cause);
    }

    /** Whether it is over at {@code now}, by the latest clock. */
    public boolean isOver(Instant now) {
        return !now.isBefore(at);
    }

    /** In words, for the person at the other end. */
    public String sentence() {
        return at.equals(Instant.MIN)
                ? cause.sentence
                : "%s since %s".formatted(cause.sentence, at);
    }

    /** The one that ends first; this one if both end at once. */
    Ending orEarlier(Ending other) {
        return other.at.isBefore(at) ? other : this;
    }

    /** Every reason to serve no more. */
    public enum Cause {
        /** Nobody has looked at what the permission rests on. */
        NOT_JUDGED("not-judged", "what the policy rests on was not looked at"),
        /** The newest proven block is too old. */
        STALE_POLICY("stale-policy", "the newest proven policy is stale"),
        /** The newest nonce that was seen was drawn too long ago. */
        HEARTBEAT_MISSED("heartbeat-missed", "the newest heartbeat that was seen is too old"),
        /** No nonce that was drawn since the start has been seen. */
        HEARTBEAT_AWAITED("heartbeat-awaited", "no heartbeat was seen since the start"),
        /** The policy names no registry of measurements. */
        NO_REGISTRY("no-registry", "the policy names no registry of measurements"),
        /** The policy names a registry whose code the bootstrap file does not pin. */
        UNKNOWN_REGISTRY("unknown-registry", "the registry of measurements has unknown code"),
        /** The registry never had this gateway's measurement. */
        MEASUREMENT_UNKNOWN(
                "measurement-unknown", "the registry does not have the gateway's measurement"),
        /** The time for which this gateway's measurement was trusted is over. */
        MEASUREMENT_EXPIRED("measurement-expired", "the gateway's measurement is trusted no more"),
        /** This gateway's measurement was revoked, for good. */
        MEASUREMENT_REVOKED("measurement-revoked", "the gateway's measurement was revoked");

        private final String word;
        private final String sentence;

        Cause(String word, String sentence) {
            this.word = word;
            this.sentence = sentence;
        }

        /** As status and metrics write it. */
        public String word() {
            return word;
        }
    }
}
