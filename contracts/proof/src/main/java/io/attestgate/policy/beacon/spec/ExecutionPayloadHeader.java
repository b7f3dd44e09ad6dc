package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ExecutionPayloadHeader}: the execution layer's block as a beacon block commits to it.
 *
 * @param logsBloom 256 bytes
 * @param extraData at most 32 bytes
 * @param baseFeePerGas 32 bytes, least significant first
 * @param blockHash of the execution block itself
 * @param blobGasUsed 0 before deneb, as {@code excessBlobGas}
 */
public record ExecutionPayloadHeader(
        Hash32 parentHash,
        Address feeRecipient,
        Hash32 stateRoot,
        Hash32 receiptsRoot,
        ByteString logsBloom,
        Hash32 prevRandao,
        long blockNumber,
        long gasLimit,
        long gasUsed,
        long timestamp,
        ByteString extraData,
        ByteString baseFeePerGas,
        Hash32 blockHash,
        Hash32 transactionsRoot,
        Hash32 withdrawalsRoot,
        long blobGasUsed,
        long excessBlobGas) {
    public static final int LOGS_BLOOM_BYTES = 256;
    public static final int EXTRA_DATA_BYTES_MAX = 32;
    private static final int UINT256_BYTES = 32;

    static final ExecutionPayloadHeader EMPTY =
            new ExecutionPayloadHeader(
                    Hash32.ZERO,
                    Address.ZERO,
                    Hash32.ZERO,
                    Hash32.ZERO,
                    ByteString.zero(LOGS_BLOOM_BYTES),
                    Hash32.ZERO,
                    0,
                    0,
                    0,
                    0,
                    ByteString.zero(0),
                    ByteString.zero(UINT256_BYTES),
                    Hash32.ZERO,
                    Hash32.ZERO,
                    Hash32.ZERO,
                    0,
                    0);

    static Layout layout(Fork fork) {
        List<Integer> sizes = new ArrayList<>(List.of(32, 20, 32, 32, 256, 32, 8, 8, 8, 8));
        sizes.addAll(List.of(Layout.VARIABLE, 32, 32, 32, 32));
        if (fork.hasBlobGas()) {
            sizes.addAll(List.of(8, 8));
        }
        return new Layout(sizes);
    }

    /** {@code get_lc_execution_root}: the root by the rules of the fork that held at its slot. */
    public Hash32 root(Fork fork) {
        List<Hash32> roots =
                new ArrayList<>(
                        List.of(
                                parentHash,
                                Ssz.bytes(feeRecipient.bytes()),
                                stateRoot,
                                receiptsRoot,
                                Ssz.bytes(logsBloom.bytes()),
                                prevRandao,
                                Ssz.uint64(blockNumber),
                                Ssz.uint64(gasLimit),
                                Ssz.uint64(gasUsed),
                                Ssz.uint64(timestamp)));
        roots.add(Ssz.shortList(extraData.bytes()));
        roots.add(Ssz.bytes(baseFeePerGas.bytes()));
        roots.addAll(List.of(blockHash, transactionsRoot, withdrawalsRoot));
        if (fork.hasBlobGas()) {
            roots.addAll(List.of(Ssz.uint64(blobGasUsed), Ssz.uint64(excessBlobGas)));
        }
        return Ssz.container(roots.toArray(new Hash32[0]));
    }

    static ExecutionPayloadHeader read(Fields fields, Fork fork) throws Malformed {
        ExecutionPayloadHeader header =
                new ExecutionPayloadHeader(
                        fields.hash("parent_hash"),
                        fields.address("fee_recipient"),
                        fields.hash("state_root"),
                        fields.hash("receipts_root"),
                        fields.bytes("logs_bloom", LOGS_BLOOM_BYTES),
                        fields.hash("prev_randao"),
                        fields.uint64("block_number"),
                        fields.uint64("gas_limit"),
                        fields.uint64("gas_used"),
                        fields.uint64("timestamp"),
                        fields.list("extra_data", EXTRA_DATA_BYTES_MAX),
                        fields.uint256("base_fee_per_gas"),
                        fields.hash("block_hash"),
                        fields.hash("transactions_root"),
                        fields.hash("withdrawals_root"),
                        fork.hasBlobGas() ? fields.uint64("blob_gas_used") : 0,
                        fork.hasBlobGas() ? fields.uint64("excess_blob_gas") : 0);
        fields.end();
        return header;
    }
}
