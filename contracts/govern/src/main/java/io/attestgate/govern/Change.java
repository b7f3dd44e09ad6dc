package io.attestgate.govern;

import io.attestgate.wire.Hash32;

/**
 * A change of a gateway policy that is on the chain.
 *
 * @param epoch the number of the change
 * @param head the head of the policy after it
 * @param block the block it is in, which need not be final yet
 */
public record Change(Hash32 transaction, long epoch, Hash32 head, long block) {}
