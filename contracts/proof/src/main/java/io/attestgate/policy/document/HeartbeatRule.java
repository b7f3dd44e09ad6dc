package io.attestgate.policy.document;

import java.time.Duration;

/**
 * How often the gateway asks for a beat, which proves that its view of the chain is younger than a
 * nonce of its own, and what it does without one. Ages count from the draw of the newest nonce that
 * was seen.
 *
 * @param interval from the draw of a nonce that was seen to the draw of the next
 * @param soft beyond this age the gateway warns and orders no certificates; longer than interval
 * @param hard beyond this age the gateway answers 503; at least as long as soft
 */
public record HeartbeatRule(Duration interval, Duration soft, Duration hard) {
    /**
     * 48 beats a day cost little; the soft bound leaves an hour and a half to a relayer and to
     * finality, which takes 13 to 20 minutes on a healthy Ethereum.
     */
    public static final HeartbeatRule USUAL =
            new HeartbeatRule(Duration.ofMinutes(30), Duration.ofHours(2), Duration.ofHours(6));
}
