package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.time.Instant;

/**
 * What an endpoint says of one block.
 *
 * @param number of the block
 * @param hash of the block
 * @param time its timestamp
 */
record BlockHeader(long number, Hash32 hash, Instant time) {
    /** The end of the year 9999. */
    private static final long SECONDS_MAX = 253_402_300_799L;

    /** Reads the answer of {@code eth_getBlockByNumber}. */
    static BlockHeader of(Json answer) throws PolicyReadException {
        if (!(answer instanceof Json.Obj block)) {
            throw Answers.malformed("block", answer.kind(), "a block");
        }
        long seconds = Answers.quantity("timestamp", Answers.member(block, "timestamp"));
        if (seconds > SECONDS_MAX) {
            throw new PolicyReadException(
                    PolicyReadException.Failure.MALFORMED_ANSWER,
                    new Fault("timestamp", "" + seconds, "before the year 10000").toString());
        }
        return new BlockHeader(
                Answers.quantity("number", Answers.member(block, "number")),
                Answers.hash("hash", Answers.member(block, "hash")),
                Instant.ofEpochSecond(seconds));
    }

    /** Pins this very block, and that it is on the endpoint's own chain (EIP-1898). */
    Json pin() {
        return Json.object("blockHash", hash.toString(), "requireCanonical", true);
    }

    Json numberQuantity() {
        return new Json.Text("0x" + Long.toHexString(number));
    }
}
