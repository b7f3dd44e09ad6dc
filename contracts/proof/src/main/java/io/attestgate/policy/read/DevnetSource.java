package io.attestgate.policy.read;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the finalised state that one endpoint tells, without proof: {@code devnet} trust, for the
 * simulated platform alone.
 *
 * <p>All that it reads is pinned to one block's hash (EIP-1898). What an endpoint cannot do
 * unnoticed: show another chain, another contract's code, another document than its hash names, or
 * anything older than it showed before. What it can do: tell storage that is not there.
 *
 * <p>One thread at a time.
 */
public final class DevnetSource implements PolicySource, AutoCloseable {
    private static final Json FINALIZED = new Json.Text("finalized");
    private static final Json WITHOUT_TRANSACTIONS = new Json.Bool(false);

    private final PinnedContract pinned;
    private final JsonRpc rpc;
    private final MonotoneAnchor anchor;
    private final PolicyLayout layout = new PolicyLayout(ContractArtifact.load("GatewayPolicy"));

    /** What was believed last: its names hold for as long as the head does. */
    private @Nullable PolicyReading last;

    /** In the contract's own order, which only grows. */
    private List<PolicyName> known = List.of();

    /**
     * @param pinned which contract
     * @param rpc the endpoint, closed with this
     * @param store keeps the anchor
     */
    public DevnetSource(PinnedContract pinned, JsonRpc rpc, AnchorStore store) {
        this.pinned = pinned;
        this.rpc = rpc;
        this.anchor = new MonotoneAnchor(store);
    }

    /** Reads from {@code endpoint} within the usual limits. */
    public static DevnetSource open(URI endpoint, PinnedContract pinned, AnchorStore store) {
        return new DevnetSource(pinned, JsonRpc.open(endpoint), store);
    }

    @Override
    public PolicyReading read() throws PolicyReadException {
        BlockHeader block = finalised();
        requireCode(block);
        Reading reading =
                new Reading(
                        layout,
                        new EndpointStorage(rpc, pinned.contract(), block),
                        new EndpointDocuments(rpc, block, knownDocuments()));
        PolicyPoint point = point(block, reading.progress());
        anchor.require(point);
        PolicyReading newest = unchanged(point).orElse(null);
        if (newest == null) {
            Reading.Names names = reading.names(known);
            newest = PolicyReading.of(point, names.entries());
            known = names.listed();
        }
        requireStillThere(block);
        anchor.advance(point);
        last = newest;
        return newest;
    }

    @Override
    public void close() {
        rpc.close();
    }

    private BlockHeader finalised() throws PolicyReadException {
        List<Json> answers =
                Answers.all(
                        rpc,
                        List.of(
                                RpcCall.of("eth_chainId"),
                                RpcCall.of(
                                        "eth_getBlockByNumber", FINALIZED, WITHOUT_TRANSACTIONS)));
        long chainId = Answers.quantity("eth_chainId", answers.get(0));
        if (chainId != pinned.chainId()) {
            throw refused(
                    Failure.WRONG_CHAIN,
                    "chain id",
                    Long.toString(chainId),
                    Long.toString(pinned.chainId()));
        }
        return BlockHeader.of(answers.get(1));
    }

    /** Asked for anew each time: what was right at one block need not be at the next. */
    private void requireCode(BlockHeader block) throws PolicyReadException {
        Json contract = new Json.Text(pinned.contract().toString());
        Json answer =
                Answers.all(rpc, List.of(RpcCall.of("eth_getCode", contract, block.pin())))
                        .getFirst();
        byte[] code = Answers.data("eth_getCode", answer);
        Hash32 hash = Hash32.of(Digests.keccak256(code));
        if (!hash.equals(pinned.codeHash())) {
            throw refused(
                    code.length == 0 ? Failure.NO_CONTRACT : Failure.WRONG_CODE,
                    "code of " + pinned.contract(),
                    code.length + " bytes of hash " + hash,
                    "hash " + pinned.codeHash());
        }
    }

    private PolicyPoint point(BlockHeader block, Reading.Progress progress) {
        return new PolicyPoint(
                pinned.chainId(),
                pinned.contract(),
                progress.epoch(),
                progress.head(),
                block.number(),
                block.hash(),
                block.time());
    }

    /** The head commits to every change of state, so under the same head nothing changed. */
    private Optional<PolicyReading> unchanged(PolicyPoint point) {
        return Optional.ofNullable(last)
                .filter(
                        before ->
                                before.point().epoch() == point.epoch()
                                        && before.point().head().equals(point.head()))
                .map(before -> new PolicyReading(point, before.names()));
    }

    /** That no other block took this one's place while it was read. */
    private void requireStillThere(BlockHeader block) throws PolicyReadException {
        Json again =
                Answers.all(
                                rpc,
                                List.of(
                                        RpcCall.of(
                                                "eth_getBlockByNumber",
                                                block.numberQuantity(),
                                                WITHOUT_TRANSACTIONS)))
                        .getFirst();
        BlockHeader now = BlockHeader.of(again);
        if (!now.equals(block)) {
            throw refused(
                    Failure.FORKED_HEAD,
                    "hash of finalised block " + block.number(),
                    now.hash().toString(),
                    block.hash().toString());
        }
    }

    private Map<Hash32, StoredDocument> knownDocuments() {
        Map<Hash32, StoredDocument> documents = new HashMap<>();
        if (last != null) {
            for (NameEntry entry : last.names().values()) {
                entry.document().ifPresent(d -> documents.put(d.hash(), d));
            }
        }
        return documents;
    }

    private static PolicyReadException refused(
            Failure failure, String name, String found, String expected) {
        return new PolicyReadException(failure, new Fault(name, found, expected).toString());
    }
}
