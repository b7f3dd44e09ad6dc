package io.attestgate.policy.document;

import java.time.Duration;

/**
 * How old the newest proven block may be.
 *
 * @param soft beyond it the gateway warns and orders no certificates
 * @param hard beyond it the gateway answers 503; at least as long as soft
 */
public record Staleness(Duration soft, Duration hard) {
    /** Several times what finality takes on a healthy chain, and short against a working day. */
    public static final Staleness USUAL = new Staleness(Duration.ofHours(1), Duration.ofHours(6));
}
