package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.govern.GovernException.Cause;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Changes one gateway policy by transactions of one devnet key: each method sends one and returns
 * when a block has it.
 *
 * <p>The key must have the role that the contract asks for; every refusal is a {@link
 * GovernException} in the contract's words. Any thread; one transaction at a time per key.
 */
public final class PolicyPublisher {
    private static final ContractArtifact POLICY = ContractArtifact.load("GatewayPolicy");
    private static final String CHANGED =
            Hex.write(
                    Digests.keccak256(
                            "Changed(uint64,uint8,bytes32,address,bytes,bytes32)"
                                    .getBytes(StandardCharsets.US_ASCII)));

    /** Words of the event's data: actor, offset of value, head. */
    private static final int HEAD_AT_BYTE = 64;

    private final EndpointAccess rpc;
    private final long chainId;
    private final Address contract;
    private final DevnetKey key;

    public PolicyPublisher(URI rpc, long chainId, Address contract, DevnetKey key) {
        this(EndpointAccess.to(rpc), chainId, contract, key);
    }

    public PolicyPublisher(EndpointAccess rpc, long chainId, Address contract, DevnetKey key) {
        this.rpc = rpc;
        this.chainId = chainId;
        this.contract = contract;
        this.key = key;
    }

    /** Stores a document and makes it that of {@code name}; as governor or controller. */
    public Published publish(String name, byte[] document) throws GovernException {
        Change change = send(PolicyCall.publish(name, document));
        return new Published(
                change.transaction(),
                change.epoch(),
                change.head(),
                change.block(),
                Hash32.of(Digests.keccak256(document)));
    }

    /** Takes the document of {@code name} away; as governor or controller. */
    public Change withdraw(String name) throws GovernException {
        return send(PolicyCall.withdraw(name));
    }

    /** Lets wildcards serve a withdrawn name again; as governor. */
    public Change clearTombstone(String name) throws GovernException {
        return send(PolicyCall.clearTombstone(name));
    }

    /** Makes {@code controller} the controller of {@code name} and all below; as governor. */
    public Change delegate(String name, Address controller, int namesMax) throws GovernException {
        return send(PolicyCall.delegate(name, controller, namesMax));
    }

    /** Ends the delegation of {@code name}; as governor. */
    public Change endDelegation(String name) throws GovernException {
        return delegate(name, Address.ZERO, 0);
    }

    /** Lets nothing be published or delegated until then, at most 7 days; as guardian. */
    public Change freeze(Instant until) throws GovernException {
        return send(PolicyCall.freeze(until));
    }

    /** Ends the freeze; as governor. */
    public Change liftFreeze() throws GovernException {
        return send(PolicyCall.liftFreeze());
    }

    /** Has {@code name} and all below it not served until then, at most 7 days; as guardian. */
    public Change halt(String name, Instant until) throws GovernException {
        return send(PolicyCall.halt(name, until));
    }

    /** Ends the halt of {@code name}; as governor. */
    public Change lift(String name) throws GovernException {
        return send(PolicyCall.lift(name));
    }

    /** Offers the governor's place to {@code pending}, who takes it by accepting; as governor. */
    public Change proposeGovernor(Address pending) throws GovernException {
        return send(PolicyCall.proposeGovernor(pending));
    }

    private Change send(Call call) throws GovernException {
        try (Sender sender = Sender.open(rpc, chainId, key)) {
            sender.requireCode(POLICY, contract);
            Receipt receipt = sender.call(POLICY, contract, call);
            return receipt.logs().stream()
                    .flatMap(log -> change(receipt, log).stream())
                    .reduce((first, second) -> second)
                    .orElseThrow(() -> withoutChange(receipt));
        }
    }

    private static GovernException withoutChange(Receipt receipt) {
        return new GovernException(
                Cause.ENDPOINT,
                "receipt of %s: no Changed event (expected: one)".formatted(receipt.transaction()));
    }

    private Optional<Change> change(Receipt receipt, Json json) {
        if (!(json instanceof Json.Obj log
                && Endpoint.text(log, "address").equals(Optional.of(contract.toString()))
                && log.get("topics").orElse(null) instanceof Json.Arr topics
                && topics.elements().size() == 4
                && topics.elements().get(0).equals(new Json.Text(CHANGED))
                && topics.elements().get(1) instanceof Json.Text(String number))) {
            return Optional.empty();
        }
        Optional<Long> epoch = Hash32.parse(number).map(PolicyPublisher::number);
        return Endpoint.text(log, "data")
                .flatMap(Hex::parse)
                .filter(data -> data.length >= HEAD_AT_BYTE + Hash32.SIZE_BYTES)
                .flatMap(data -> epoch.map(n -> change(receipt, n, head(data))));
    }

    private static Change change(Receipt receipt, long epoch, Hash32 head) {
        return new Change(receipt.transaction(), epoch, head, receipt.block());
    }

    /** A uint64 stands at the end of its word. */
    private static long number(Hash32 word) {
        return ByteBuffer.wrap(word.bytes()).getLong(Hash32.SIZE_BYTES - Long.BYTES);
    }

    private static Hash32 head(byte[] data) {
        return Hash32.of(Arrays.copyOfRange(data, HEAD_AT_BYTE, HEAD_AT_BYTE + Hash32.SIZE_BYTES));
    }
}
