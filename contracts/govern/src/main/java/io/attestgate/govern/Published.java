package io.attestgate.govern;

import io.attestgate.wire.Hash32;

/**
 * A document that a gateway policy has.
 *
 * @param epoch the number of the change that put it there
 * @param head the head of the policy after it
 * @param block the block it is in, which need not be final yet
 * @param documentHash keccak256 of the document
 */
public record Published(Hash32 txHash, long epoch, Hash32 head, long block, Hash32 documentHash) {}
