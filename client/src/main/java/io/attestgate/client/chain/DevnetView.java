package io.attestgate.client.chain;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
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
    public Parsed<ContractReading> read(ContractQuestion question) {
        try (JsonRpc rpc = JsonRpc.open(endpoint, wait, ANSWER_BYTES_MAX)) {
            return Parsed.good(read(new ChainQuestions(rpc), question));
        } catch (UnreadableChain e) {
            return Parsed.bad(e.fault());
        }
    }

    private ContractReading read(ChainQuestions chain, ContractQuestion question)
            throws UnreadableChain {
        long chainId = chain.chainId();
        if (expectedChainId.filter(id -> id != chainId).isPresent()) {
            throw new UnreadableChain(
                    new Fault(
                            "chain of " + endpoint,
                            Long.toString(chainId),
                            Long.toString(expectedChainId.get())));
        }
        BlockFacts newest = chain.block(ChainQuestions.FINALIZED);
        AccountState state = new AccountState(chain, contract, newest.hash());
        state.requireCode("GatewayPolicy", PolicySlots.codeHash());
        return reading(chainId, newest, state, question);
    }

    private static ContractReading reading(
            long chainId, BlockFacts newest, AccountState state, ContractQuestion question)
            throws UnreadableChain {
        PolicyReference claimed = question.claimed();
        PolicySlots policy = new PolicySlots(state);
        long epoch = policy.epoch();
        Optional<BlockFacts> claimedBlock =
                claimed.block() > newest.number()
                        ? Optional.empty()
                        : Optional.of(state.chain().block(claimed.block()));
        // Of the same epoch, so of the same documents, and the newest state is surely to be had.
        PolicySlots documents =
                claimed.epoch() == epoch || claimedBlock.isEmpty()
                        ? policy
                        : new PolicySlots(state.at(claimedBlock.get().hash()));
        return new ContractReading(
                chainId,
                newest,
                epoch,
                policy.head(),
                claimedBlock,
                policy.headAt(claimed.epoch()),
                documents.documentHash(PolicyName.GATEWAY),
                hostDocuments(documents, question.host()),
                measurement(policy, question.measurement()));
    }

    private static SequencedMap<PolicyName, Hash32> hostDocuments(PolicySlots policy, Hostname host)
            throws UnreadableChain {
        SequencedMap<PolicyName, Hash32> documents = new LinkedHashMap<>();
        PolicyName exact = PolicyName.of(host);
        documents.put(exact, policy.documentHash(exact));
        Optional<PolicyName> wildcard = host.parent().flatMap(PolicyName::wildcardBelow);
        if (wildcard.isPresent()) {
            documents.put(wildcard.get(), policy.documentHash(wildcard.get()));
        }
        return documents;
    }

    private static Optional<MeasurementTrust> measurement(
            PolicySlots policy, Optional<Hash32> measurement) throws UnreadableChain {
        Address registry = policy.measurementRegistry();
        if (registry.isZero() || measurement.isEmpty()) {
            return Optional.empty();
        }
        AccountState of = policy.state();
        AccountState state = new AccountState(of.chain(), registry, of.block());
        state.requireCode("MeasurementRegistry", RegistrySlots.codeHash());
        return Optional.of(new RegistrySlots(state).trust(measurement.get()));
    }
}
