package io.attestgate.policy.standing;

import java.time.Instant;

/**
 * A nonce whose beat was proven at a final block.
 *
 * @param nonce that was beaten
 * @param block in which it was sent
 * @param seenAt when the proof was had, by the latest clock
 */
public record SeenBeat(Nonce nonce, long block, Instant seenAt) {}
