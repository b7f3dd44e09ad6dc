package io.attestgate.client.chain;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
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
    /** A contract's code, the largest answer, has 48 KiB in hexadecimal. */
    static final int ANSWER_BYTES_MAX = 1 << 20;

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
        this(endpoint, contract, expectedChainId, JsonRpc.TIME_MAX);
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
        try (JsonRpc rpc = JsonRpc.open(endpoint, wait, ANSWER_BYTES_MAX)) {
            return read(new ChainQuestions(rpc), claimed, host);
        } catch (UnreadableChain e) {
            return Parsed.bad(e.fault());
        }
    }

    private Parsed<ContractReading> read(
            ChainQuestions chain, PolicyReference claimed, Hostname host) throws UnreadableChain {
        long chainId = chain.chainId();
        if (expectedChainId.filter(id -> id != chainId).isPresent()) {
            return Parsed.bad(
                    new Fault(
                            "chain of " + endpoint,
                            Long.toString(chainId),
                            Long.toString(expectedChainId.get())));
        }
        BlockFacts newest = chain.block(ChainQuestions.FINALIZED);
        Hash32 code = Hash32.of(Digests.keccak256(chain.code(contract, newest.hash())));
        if (!code.equals(slots.codeHash())) {
            return Parsed.bad(
                    new Fault(
                            "code of " + contract,
                            code.toString(),
                            slots.codeHash() + ", this release's GatewayPolicy"));
        }
        return Parsed.good(reading(chain, chainId, newest, claimed, host));
    }

    private ContractReading reading(
            ChainQuestions chain,
            long chainId,
            BlockFacts newest,
            PolicyReference claimed,
            Hostname host)
            throws UnreadableChain {
        State state = new State(chain, newest.hash());
        long epoch = state.epoch();
        Optional<BlockFacts> claimedBlock =
                claimed.block() > newest.number()
                        ? Optional.empty()
                        : Optional.of(chain.block(claimed.block()));
        // Of the same epoch, so of the same documents, and the newest state is surely to be had.
        State documents =
                claimed.epoch() == epoch || claimedBlock.isEmpty()
                        ? state
                        : new State(chain, claimedBlock.get().hash());
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
            throws UnreadableChain {
        SequencedMap<PolicyName, Hash32> documents = new LinkedHashMap<>();
        PolicyName exact = PolicyName.of(host);
        documents.put(exact, state.word(slots.documentHash(exact)));
        Optional<PolicyName> wildcard = host.parent().flatMap(PolicyName::wildcardBelow);
        if (wildcard.isPresent()) {
            documents.put(wildcard.get(), state.word(slots.documentHash(wildcard.get())));
        }
        return documents;
    }

    /** The contract's storage at one block. */
    private final class State {
        private final ChainQuestions chain;
        private final Hash32 block;

        State(ChainQuestions chain, Hash32 block) {
            this.chain = chain;
            this.block = block;
        }

        long epoch() throws UnreadableChain {
            int right = slots.epoch().offsetBytes() * Byte.SIZE;
            return new BigInteger(1, word(slots.epochWord()).bytes()).shiftRight(right).longValue();
        }

        Hash32 word(Hash32 slot) throws UnreadableChain {
            return chain.word(contract, slot, block);
        }
    }
}
