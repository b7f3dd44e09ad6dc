package io.attestgate.govern;

import io.attestgate.wire.Hash32;

/**
 * A transaction that is on the chain and did what it was sent for.
 *
 * @param block the block it is in, which need not be final yet
 */
public record Sent(Hash32 transaction, long block) {}
