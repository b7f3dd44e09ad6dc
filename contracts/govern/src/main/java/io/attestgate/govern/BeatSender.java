package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;

/**
 * Sends the nonces that gateways ask to see to a Heartbeat contract. Anyone may, and none harms:
 * what a gateway did not draw it does not look for.
 *
 * <p>Any thread; one transaction at a time per key.
 */
public final class BeatSender {
    private static final ContractArtifact HEARTBEAT = ContractArtifact.load("Heartbeat");

    private final EndpointAccess rpc;
    private final long chainId;
    private final Address contract;
    private final DevnetKey key;

    public BeatSender(EndpointAccess rpc, long chainId, Address contract, DevnetKey key) {
        this.rpc = rpc;
        this.chainId = chainId;
        this.contract = contract;
        this.key = key;
    }

    /** The transaction by which any wallet sends it. */
    public static ProposedCall call(Address contract, Hash32 nonce) {
        return new ProposedCall(contract, encoded(nonce).data());
    }

    /** Sends it, and returns when a block has it. */
    public Sent beat(Hash32 nonce) throws GovernException {
        try (Sender sender = Sender.open(rpc, chainId, key)) {
            sender.requireCode(HEARTBEAT, contract);
            Receipt receipt = sender.call(HEARTBEAT, contract, encoded(nonce));
            return new Sent(receipt.transaction(), receipt.block());
        }
    }

    private static Call encoded(Hash32 nonce) {
        return Call.of("beat(bytes32)", new AbiEncoder().bytes32(nonce));
    }
}
