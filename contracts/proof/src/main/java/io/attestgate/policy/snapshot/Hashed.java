package io.attestgate.policy.snapshot;

import io.attestgate.wire.Hash32;

/**
 * A document as read, and the keccak256 of its bytes.
 *
 * @param <D> whose document
 */
record Hashed<D>(D document, Hash32 hash) {}
