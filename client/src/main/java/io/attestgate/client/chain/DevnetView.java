package io.attestgate.client.chain;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A contract as one RPC endpoint tells it, at the block that this endpoint calls finalised: {@code
 * devnet} trust, which believes the endpoint and is for development chains only.
 *
 * <p>Everything is read by block hash (EIP-1898), so that it is of one state. Where the claimed
 * epoch is an older one, the documents are read at the claimed block, which the endpoint must still
 * have.
 */
public final class DevnetView implements OwnView {
    private final URI endpoint;
    private final Duration wait;
    private final Address contract;
    private final Optional<Long> expectedChainId;
    private final ContractSlots slots = new ContractSlots();

    /**
     * Connects to nobody yet.
     *
     * @param expectedChainId that the endpoint must be of; empty to take what it says
     */
    public DevnetView(URI endpoint, Address contract, Optional<Long> expectedChainId) {
        this(endpoint, contract, expectedChainId, Rpc.ANSWER_WAIT_MAX);
    }

    DevnetView(URI endpoint, Address contract, Optional<Long> expectedChainId, Duration wait) {
        this.endpoint = endpoint;
        this.contract = contract;
        this.expectedChainId = expectedChainId;
        this.wait = wait;
    }

    @Override
    public String restsOn() {
        return "devnet trust: the endpoint " + endpoint;
    }

    @Override
    public Parsed<ContractReading> read(PolicyReference claimed, Hostname host) {
        try (Rpc rpc = new Rpc(endpoint, wait)) {
            return read(rpc, claimed, host);
        } catch (RpcException e) {
            return Parsed.bad(Fault.quoted("rpc", String.valueOf(e.getMessage()), "the contract"));
        }
    }

    private Parsed<ContractReading> read(Rpc rpc, PolicyReference claimed, Hostname host)
            throws RpcException {
        long chainId = rpc.quantity("eth_chainId");
        if (expectedChainId.filter(id -> id != chainId).isPresent()) {
            return Parsed.bad(
                    new Fault(
                            "chain of " + endpoint,
                            Long.toString(chainId),
                            Long.toString(expectedChainId.get())));
        }
        BlockFacts newest = block(rpc, "finalized");
        Hash32 code =
                Hash32.of(
                        Digests.keccak256(rpc.bytes("eth_getCode", address(), at(newest.hash()))));
        if (!code.equals(slots.codeHash())) {
            return Parsed.bad(
                    new Fault(
                            "code of " + contract,
                            code.toString(),
                            slots.codeHash() + ", this release's GatewayPolicy"));
        }
        return Parsed.good(state(new State(rpc, newest.hash()), chainId, newest, claimed, host));
    }

    private ContractReading state(
            State state, long chainId, BlockFacts newest, PolicyReference claimed, Hostname host)
            throws RpcException {
        long epoch = state.epoch();
        Optional<BlockFacts> claimedBlock =
                claimed.block() > newest.number()
                        ? Optional.empty()
                        : Optional.of(block(state.rpc, "0x" + Long.toHexString(claimed.block())));
        // Of the same epoch, so of the same documents, and the newest state is surely to be had.
        State documents =
                claimed.epoch() == epoch || claimedBlock.isEmpty()
                        ? state
                        : new State(state.rpc, claimedBlock.get().hash());
        return new ContractReading(
                chainId,
                newest,
                epoch,
                state.word(slots.head()),
                claimedBlock,
                state.word(slots.headAt(claimed.epoch())),
                documents.word(slots.documentHash(PolicyName.GATEWAY)),
                hostDocuments(documents, host));
    }

    private SequencedMap<PolicyName, Hash32> hostDocuments(State state, Hostname host)
            throws RpcException {
        SequencedMap<PolicyName, Hash32> documents = new LinkedHashMap<>();
        PolicyName exact = PolicyName.of(host);
        documents.put(exact, state.word(slots.documentHash(exact)));
        Optional<PolicyName> wildcard = host.parent().flatMap(PolicyName::wildcardBelow);
        if (wildcard.isPresent()) {
            documents.put(wildcard.get(), state.word(slots.documentHash(wildcard.get())));
        }
        return documents;
    }

    private static BlockFacts block(Rpc rpc, String which) throws RpcException {
        String name = "block " + which;
        Json answer = rpc.call("eth_getBlockByNumber", new Json.Text(which), new Json.Bool(false));
        if (!(answer instanceof Json.Obj block)) {
            throw new RpcException(name + ": no object");
        }
        return new BlockFacts(
                Rpc.quantity(name, member(block, "number")),
                Rpc.hash(name, member(block, "hash")),
                Instant.ofEpochSecond(Rpc.quantity(name, member(block, "timestamp"))));
    }

    private static Json member(Json.Obj object, String name) {
        return object.get(name).orElseGet(Json.Null::new);
    }

    private Json address() {
        return new Json.Text(contract.toString());
    }

    private static Json at(Hash32 blockHash) {
        return Json.object("blockHash", blockHash.toString(), "requireCanonical", true);
    }

    /** The contract's storage at one block. */
    private final class State {
        private final Rpc rpc;
        private final Hash32 blockHash;

        State(Rpc rpc, Hash32 blockHash) {
            this.rpc = rpc;
            this.blockHash = blockHash;
        }

        long epoch() throws RpcException {
            Hash32 word = word(slots.epochWord());
            int right = slots.epoch().offsetBytes() * Byte.SIZE;
            return new BigInteger(1, word.bytes()).shiftRight(right).longValue();
        }

        Hash32 word(Hash32 slot) throws RpcException {
            byte[] word =
                    rpc.bytes(
                            "eth_getStorageAt",
                            address(),
                            new Json.Text(slot.toString()),
                            at(blockHash));
            if (word.length > Hash32.SIZE_BYTES) {
                throw new RpcException(
                        "eth_getStorageAt: " + Hex.write(word) + " (expected: one word)");
            }
            return Hash32.of(ContractSlots.word(new BigInteger(1, word)));
        }
    }
}
