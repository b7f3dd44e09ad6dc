package io.attestgate.policy.standing;

import io.attestgate.wire.Hash32;
import java.time.Instant;

/**
 * A nonce that waits for its beat.
 *
 * @param value 32 random bytes
 * @param drawnAt by the latest clock
 * @param afterBlock the newest final block that was proven when it was drawn
 */
public record Nonce(Hash32 value, Instant drawnAt, long afterBlock) {}
