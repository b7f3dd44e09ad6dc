package io.attestgate.policy.proof;

import io.attestgate.wire.Hash32;
import java.time.Instant;

/**
 * What is needed of a header of the execution layer.
 *
 * @param number of the block
 * @param hash of the block: keccak256 of the whole header's RLP
 * @param stateRoot of the trie of accounts after the block
 * @param time its timestamp
 */
public record ExecutionHeader(long number, Hash32 hash, Hash32 stateRoot, Instant time) {}
