package io.attestgate.policy.read;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.finality.DevnetFinality;
import io.attestgate.policy.finality.FinalisedHeader;
import io.attestgate.policy.finality.FinalitySource;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.BoundedHttp;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the policy with proof under headers that somebody else justifies: the one reader there is,
 * whatever the trust.
 *
 * <ol>
 *   <li>The finality source gives a header that it justifies.
 *   <li>One call proves the contract's account and code, its epoch and head, how many names there
 *       are, and the contracts that it names.
 *   <li>The point is held against the anchor, and the head that the anchor has against the
 *       contract's own record of that change.
 *   <li>Under an unchanged head the names stay as they are. Else the change log says which changed,
 *       if it leads to the proven head; else all are read. Each slot is proven, each document is
 *       found by its proven hash.
 *   <li>The anchor moves.
 * </ol>
 *
 * <p>That it is the right chain is the finality source's to say: it is part of how a header is
 * justified. One thread at a time.
 */
public final class ProvenSource implements PolicySource, AutoCloseable {
    private final PinnedContract pinned;
    private final FinalitySource finality;
    private final ProofEndpoints endpoints;
    private final MonotoneAnchor anchor;
    private final ReadingListener listener;
    private final BoundedHttp mirrors;
    private final List<Documents> elsewhere;
    private final ChangeLog log;
    private final PolicyLayout layout = new PolicyLayout(ContractArtifact.load("GatewayPolicy"));

    /** What was believed last: its names hold for as long as the head does. */
    private @Nullable Known last;

    /** A reading, the block that it is of, and the names in the contract's own order. */
    private record Known(ProvenBlock block, PolicyReading reading, Registry registry) {}

    /**
     * @param pinned which contract
     * @param finality justifies headers; closed with this
     * @param endpoints give proofs; closed with this
     * @param documents where documents are looked for beside the chain
     * @param store keeps the anchor
     * @param listener is told of long work
     */
    public ProvenSource(
            PinnedContract pinned,
            FinalitySource finality,
            ProofEndpoints endpoints,
            DocumentSources documents,
            AnchorStore store,
            ReadingListener listener) {
        this.pinned = pinned;
        this.finality = finality;
        this.endpoints = endpoints;
        this.anchor = new MonotoneAnchor(store);
        this.listener = listener;
        this.mirrors = BoundedHttp.open(JsonRpc.TIME_MAX, StoredDocument.SIZE_BYTES_MAX);
        this.elsewhere = elsewhere(documents);
        this.log = new ChangeLog(endpoints);
    }

    /** Devnet trust: one endpoint's word for what is final, and its proofs for all else. */
    public static ProvenSource devnet(
            PinnedContract pinned, JsonRpc rpc, AnchorStore store, ReadingListener listener) {
        return new ProvenSource(
                pinned,
                new DevnetFinality(pinned.chainId(), rpc),
                ProofEndpoints.of(rpc),
                DocumentSources.CHAIN_ALONE,
                store,
                listener);
    }

    /** As above, and tells nobody how it goes. */
    public static ProvenSource devnet(PinnedContract pinned, JsonRpc rpc, AnchorStore store) {
        return devnet(pinned, rpc, store, ReadingListener.silent());
    }

    @Override
    public PolicyReading read() throws PolicyReadException {
        FinalisedHeader finalised = finality.newest();
        ExecutionHeader header = finalised.header();
        Optional<PolicyAnchor> anchored = anchor.newest();
        Progress progress = progress(header, anchored.map(PolicyAnchor::epoch).orElse(0L));
        PolicyPoint point = point(header, progress);
        anchor.require(point);
        if (anchored.isPresent()) {
            requireSameHistory(anchored.get(), progress);
        }
        Registry registry = registry(header, point, progress);
        PolicyReading reading =
                new PolicyReading(
                        point,
                        registry.entries(),
                        progress.dependencies(),
                        finalised.justification());
        anchor.advance(point);
        last = new Known(new ProvenBlock(header, endpoints), reading, registry);
        return reading;
    }

    /** The block of the newest reading, for reading other contracts under it. */
    public Optional<ProvenBlock> newest() {
        return Optional.ofNullable(last).map(Known::block);
    }

    /**
     * What a block that is justified and not yet final changes beyond the newest reading; moves no
     * anchor and changes nothing that {@link #read} gives.
     *
     * @return empty where there is no such block, or nothing was read yet
     * @throws PolicyReadException if it is not to be had, or not to be believed
     */
    public Optional<EarlyPolicy> early() throws PolicyReadException {
        Known known = last;
        Optional<ExecutionHeader> header = known == null ? Optional.empty() : finality.early();
        if (known == null
                || header.isEmpty()
                || header.get().number() <= known.reading().point().block()) {
            return Optional.empty();
        }
        PolicyAnchor before = PolicyAnchor.of(known.reading().point());
        Progress progress = progress(header.get(), before.epoch());
        PolicyPoint point = point(header.get(), progress);
        before.requireNotBefore(point);
        requireSameHistory(before, progress);
        return Optional.of(
                new EarlyPolicy(
                        new ProvenBlock(header.get(), endpoints),
                        halts(known, header.get(), point, progress),
                        progress.dependencies()));
    }

    @Override
    public void close() {
        finality.close();
        endpoints.close();
        mirrors.close();
    }

    private Progress progress(ExecutionHeader header, long before) throws PolicyReadException {
        return Progress.read(layout, contract(header), before);
    }

    private Registry registry(ExecutionHeader header, PolicyPoint point, Progress progress)
            throws PolicyReadException {
        Known known = last;
        if (known != null && isUnchanged(known, point)) {
            return known.registry();
        }
        Reading reading = reading(header);
        if (known == null) {
            return reading.all(List.of(), progress.names());
        }
        Optional<Set<Hash32>> changed = changed(known, point);
        return changed.isPresent()
                ? reading.changed(known.registry(), progress.names(), changed.get())
                : reading.all(known.registry().listed(), progress.names());
    }

    private Map<PolicyName, Halt> halts(
            Known known, ExecutionHeader header, PolicyPoint point, Progress progress)
            throws PolicyReadException {
        if (isUnchanged(known, point)) {
            return Map.of();
        }
        Optional<Set<Hash32>> changed = changed(known, point);
        Reading reading = reading(header);
        return changed.isPresent()
                ? reading.changedHalts(known.registry(), progress.names(), changed.get())
                : reading.allHalts(known.registry(), progress.names());
    }

    /** The names that changed; empty if no log says so. */
    private Optional<Set<Hash32>> changed(Known known, PolicyPoint point) {
        try {
            return Optional.of(log.between(known.reading().point(), point));
        } catch (PolicyReadException e) {
            listener.logRefused(e);
            return Optional.empty();
        }
    }

    private Reading reading(ExecutionHeader header) {
        List<Documents> places = new ArrayList<>();
        Map<Hash32, StoredDocument> known = last == null ? Map.of() : last.registry().documents();
        places.add(wanted -> known);
        places.add(new ChainDocuments(endpoints, header, listener));
        places.addAll(elsewhere);
        return new Reading(layout, contract(header), new DocumentsInTurn(places), listener);
    }

    private ProvenContract contract(ExecutionHeader header) {
        return ProvenContract.at(endpoints, header, pinned.contract(), pinned.codeHash());
    }

    private List<Documents> elsewhere(DocumentSources sources) {
        List<Documents> places = new ArrayList<>();
        sources.folder().ifPresent(folder -> places.add(new FolderDocuments(folder)));
        for (URI mirror : sources.mirrors()) {
            places.add(new MirrorDocuments(mirror, mirrors));
        }
        return places;
    }

    private PolicyPoint point(ExecutionHeader header, Progress progress) {
        return new PolicyPoint(
                pinned.chainId(),
                pinned.contract(),
                progress.epoch(),
                progress.head(),
                header.number(),
                header.hash(),
                header.time());
    }

    /** The head commits to every change of state, so under the same head nothing changed. */
    private static boolean isUnchanged(Known known, PolicyPoint point) {
        PolicyPoint before = known.reading().point();
        return before.epoch() == point.epoch() && before.head().equals(point.head());
    }

    /** The contract keeps the head after each change, so another history shows. */
    private static void requireSameHistory(PolicyAnchor anchored, Progress progress)
            throws PolicyReadException {
        if (!progress.headBefore().equals(anchored.head())) {
            throw new PolicyReadException(
                    Failure.FORKED_HEAD,
                    new Fault(
                                    "head of epoch " + anchored.epoch(),
                                    progress.headBefore().toString(),
                                    anchored.head().toString())
                            .toString());
        }
    }
}
