package io.attestgate.client.chain;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Hash32;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What the reader's own chain says of a contract.
 *
 * @param chainId EIP-155
 * @param newest the newest block that is final for this reader
 * @param epoch of the contract at {@code newest}
 * @param head of the contract at {@code newest}
 * @param claimedBlock the block that has the claimed number; empty if that is beyond {@code newest}
 * @param headAtClaimedEpoch what the contract at {@code newest} holds as the head after the claimed
 *     epoch; zero if there was no such change
 * @param gatewayDocument the hash of the gateway's document at the claimed state; zero for none
 * @param hostDocuments the hashes of the documents that may serve the host at the claimed state:
 *     its own name's first, then its wildcard's; zero for none
 * @param measurement what the contract's registry says of the measurement that was asked for, at
 *     {@code newest}; empty if none was, or the contract names no registry
 */
public record ContractReading(
        long chainId,
        BlockFacts newest,
        long epoch,
        Hash32 head,
        Optional<BlockFacts> claimedBlock,
        Hash32 headAtClaimedEpoch,
        Hash32 gatewayDocument,
        SequencedMap<PolicyName, Hash32> hostDocuments,
        Optional<MeasurementTrust> measurement) {
    public ContractReading {
        hostDocuments = new LinkedHashMap<>(hostDocuments);
    }

    /** The name and hash of the document that serves the host: the most exact one that exists. */
    public Optional<Map.Entry<PolicyName, Hash32>> hostDocument() {
        return hostDocuments.sequencedEntrySet().stream()
                .filter(entry -> !entry.getValue().isZero())
                .findFirst();
    }
}
