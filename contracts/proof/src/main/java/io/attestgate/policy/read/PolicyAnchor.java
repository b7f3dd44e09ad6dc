package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.time.Instant;

/**
 * The newest point that was believed: what makes a reader monotone. Kept sealed across restarts.
 *
 * @param chainId of its chain
 * @param contract of its policy
 * @param epoch how many changes there were
 * @param head after them
 * @param block the finalised block's number
 * @param blockHash its hash
 * @param blockTime its timestamp
 */
public record PolicyAnchor(
        long chainId,
        Address contract,
        long epoch,
        Hash32 head,
        long block,
        Hash32 blockHash,
        Instant blockTime) {

    public static PolicyAnchor of(PolicyPoint point) {
        return new PolicyAnchor(
                point.chainId(),
                point.contract(),
                point.epoch(),
                point.head(),
                point.block(),
                point.blockHash(),
                point.blockTime());
    }

    /**
     * Lets a point pass that is this one or a later one of the same history, as far as one can see
     * without proof.
     *
     * @throws PolicyReadException naming how it went back
     */
    public void requireNotBefore(PolicyPoint point) throws PolicyReadException {
        if (point.chainId() != chainId || !point.contract().equals(contract)) {
            throw refused(
                    Failure.WRONG_CHAIN,
                    "contract",
                    "%s on chain %d".formatted(point.contract(), point.chainId()),
                    "%s on chain %d, as anchored".formatted(contract, chainId));
        }
        if (point.block() < block || point.blockTime().isBefore(blockTime)) {
            throw refused(
                    Failure.OLDER_BLOCK,
                    "finalised block",
                    "%d of %s".formatted(point.block(), point.blockTime()),
                    "%d of %s or later".formatted(block, blockTime));
        }
        if (point.block() == block && !point.blockHash().equals(blockHash)) {
            throw refused(
                    Failure.FORKED_HEAD,
                    "hash of finalised block " + block,
                    point.blockHash().toString(),
                    blockHash.toString());
        }
        if (point.epoch() < epoch) {
            throw refused(
                    Failure.LOWER_EPOCH,
                    "epoch",
                    Long.toString(point.epoch()),
                    "at least " + epoch);
        }
        if (point.epoch() == epoch && !point.head().equals(head)) {
            throw refused(
                    Failure.FORKED_HEAD,
                    "head of epoch " + epoch,
                    point.head().toString(),
                    head.toString());
        }
    }

    private static PolicyReadException refused(
            Failure failure, String name, String found, String expected) {
        return new PolicyReadException(
                failure, "%s: %s (expected: %s)".formatted(name, found, expected));
    }
}
