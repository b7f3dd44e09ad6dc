package io.attestgate.peer.beacon;

import io.attestgate.policy.beacon.spec.BeaconBlockHeader;
import io.attestgate.policy.beacon.spec.Branch;
import io.attestgate.policy.beacon.spec.ByteString;
import io.attestgate.policy.beacon.spec.ExecutionPayloadHeader;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.LightClientHeader;
import io.attestgate.policy.beacon.spec.SyncCommittee;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes containers as the Beacon API does. */
final class MessageJson {
    private MessageJson() {}

    static Json header(LightClientHeader header, Fork fork) {
        return Json.object(
                "beacon",
                beacon(header.beacon()),
                "execution",
                execution(header.execution(), fork),
                "execution_branch",
                branch(header.executionBranch()));
    }

    static Json branch(Branch branch) {
        return Json.Arr.of(branch.siblings().stream().map(Hash32::toString).toList());
    }

    static Json committee(SyncCommittee committee) {
        return Json.object(
                "pubkeys",
                Json.Arr.of(committee.keys().stream().map(ByteString::toString).toList()),
                "aggregate_pubkey",
                committee.aggregateKey().toString());
    }

    private static Json beacon(BeaconBlockHeader header) {
        return Json.object(
                "slot", decimal(header.slot()),
                "proposer_index", decimal(header.proposerIndex()),
                "parent_root", header.parentRoot().toString(),
                "state_root", header.stateRoot().toString(),
                "body_root", header.bodyRoot().toString());
    }

    private static Json execution(ExecutionPayloadHeader header, Fork fork) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.putAll(
                Json.object(
                                "parent_hash", header.parentHash().toString(),
                                "fee_recipient", header.feeRecipient().toString(),
                                "state_root", header.stateRoot().toString(),
                                "receipts_root", header.receiptsRoot().toString(),
                                "logs_bloom", header.logsBloom().toString(),
                                "prev_randao", header.prevRandao().toString(),
                                "block_number", decimal(header.blockNumber()),
                                "gas_limit", decimal(header.gasLimit()),
                                "gas_used", decimal(header.gasUsed()),
                                "timestamp", decimal(header.timestamp()),
                                "extra_data", header.extraData().toString(),
                                "base_fee_per_gas", decimal(header.baseFeePerGas()),
                                "block_hash", header.blockHash().toString(),
                                "transactions_root", header.transactionsRoot().toString(),
                                "withdrawals_root", header.withdrawalsRoot().toString())
                        .members());
        if (fork.hasBlobGas()) {
            members.put("blob_gas_used", new Json.Text(decimal(header.blobGasUsed())));
            members.put("excess_blob_gas", new Json.Text(decimal(header.excessBlobGas())));
        }
        return new Json.Obj(members);
    }

    private static String decimal(long value) {
        return Long.toUnsignedString(value);
    }

    private static String decimal(ByteString littleEndian) {
        byte[] bytes = littleEndian.bytes();
        byte[] bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, bigEndian).toString();
    }
}
