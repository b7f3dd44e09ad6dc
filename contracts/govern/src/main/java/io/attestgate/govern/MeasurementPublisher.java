package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * Changes one measurement registry by transactions of one devnet key: each method sends one and
 * returns when a block has it.
 *
 * <p>Any thread; one transaction at a time per key.
 */
public final class MeasurementPublisher {
    private static final ContractArtifact REGISTRY = ContractArtifact.load("MeasurementRegistry");

    private final EndpointAccess rpc;
    private final long chainId;
    private final Address contract;
    private final DevnetKey key;

    public MeasurementPublisher(URI rpc, long chainId, Address contract, DevnetKey key) {
        this(EndpointAccess.to(rpc), chainId, contract, key);
    }

    public MeasurementPublisher(EndpointAccess rpc, long chainId, Address contract, DevnetKey key) {
        this.rpc = rpc;
        this.chainId = chainId;
        this.contract = contract;
        this.key = key;
    }

    /** Trusts a measurement until then, at most two years; as governor. */
    public Sent allow(Hash32 measurement, String platform, Instant validUntil)
            throws GovernException {
        return send(PolicyCall.allow(measurement, platform, validUntil));
    }

    /** Lets {@code newer} take the place of {@code older} after the grace; as governor. */
    public Sent supersede(Hash32 older, Hash32 newer, Duration grace) throws GovernException {
        return send(PolicyCall.supersede(older, newer, grace));
    }

    /** Trusts a measurement never again; as governor or guardian. */
    public Sent revoke(Hash32 measurement) throws GovernException {
        return send(PolicyCall.revoke(measurement));
    }

    /** Offers the governor's place to {@code pending}, who takes it by accepting; as governor. */
    public Sent proposeGovernor(Address pending) throws GovernException {
        return send(PolicyCall.proposeGovernor(pending));
    }

    private Sent send(Call call) throws GovernException {
        try (Sender sender = Sender.open(rpc, chainId, key)) {
            sender.requireCode(REGISTRY, contract);
            Receipt receipt = sender.call(REGISTRY, contract, call);
            return new Sent(receipt.transaction(), receipt.block());
        }
    }
}
