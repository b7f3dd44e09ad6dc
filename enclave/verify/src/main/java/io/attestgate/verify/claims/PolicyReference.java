package io.attestgate.verify.claims;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;

/**
 * The policy an enclave obeys: one state of one contract, and the block where it was read.
 *
 * @param chainId of EIP-155
 * @param contract the GatewayPolicy contract
 * @param epoch how many changes the contract has made
 * @param head the head of its change chain after that many
 * @param block the number of the block that it was read at
 * @param blockHash that block's hash
 */
public record PolicyReference(
        long chainId, Address contract, long epoch, Hash32 head, long block, Hash32 blockHash) {
    public PolicyReference {
        if (Math.min(chainId, Math.min(epoch, block)) < 0
                || Math.max(chainId, Math.max(epoch, block)) > Json.INTEGER_MAX) {
            throw new IllegalArgumentException(
                    "chainId, epoch, block: %d, %d, %d (expected: 0 to 2^53 - 1)"
                            .formatted(chainId, epoch, block));
        }
    }

    /** Whether both name the same contract on the same chain. */
    public boolean sameContract(PolicyReference other) {
        return chainId == other.chainId && contract.equals(other.contract);
    }

    static PolicyReference read(Fields fields) throws Fields.Malformed {
        return new PolicyReference(
                fields.count("chainId"),
                fields.address("contract"),
                fields.count("epoch"),
                fields.chainHash("head"),
                fields.count("block"),
                fields.chainHash("blockHash"));
    }

    Json.Obj toJson() {
        return Json.object(
                "chainId",
                chainId,
                "contract",
                contract.toString(),
                "epoch",
                epoch,
                "head",
                head.toString(),
                "block",
                block,
                "blockHash",
                blockHash.toString());
    }
}
