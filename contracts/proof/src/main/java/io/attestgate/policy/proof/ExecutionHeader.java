package io.attestgate.policy.proof;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.time.Instant;

/**
 * What is needed of a header of the execution layer.
 *
 * @param number of the block
 * @param hash of the block: keccak256 of the whole header's RLP
 * @param stateRoot of the trie of accounts after the block
 * @param time its timestamp
 */
public record ExecutionHeader(long number, Hash32 hash, Hash32 stateRoot, Instant time) {

    /**
     * Reads a block as {@code eth_getBlockByHash} and {@code eth_getBlockByNumber} give it, and
     * believes it only if keccak256 of the header that its fields make is the {@code hash} that it
     * names.
     *
     * @param block of any fork from Frontier to Osaka
     */
    public static Parsed<ExecutionHeader> ofJson(Json block) {
        return Refused.parsed(() -> HeaderJson.header(block));
    }

    /** As {@link #ofJson(Json)}, and it is the block of hash {@code expected}. */
    public static Parsed<ExecutionHeader> ofJson(Json block, Hash32 expected) {
        return Refused.parsed(() -> HeaderJson.header(block, expected));
    }

    /** Reads a header's own encoding, of at most 4 KiB; its hash is computed, so any is one. */
    public static Parsed<ExecutionHeader> ofRlp(byte[] rlp) {
        return Refused.parsed(() -> HeaderRlp.header(rlp));
    }
}
