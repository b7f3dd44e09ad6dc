package io.attestgate.policy.read;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.finality.DevnetFinality;
import io.attestgate.policy.finality.FinalisedHeader;
import io.attestgate.policy.finality.FinalitySource;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.BoundedHttp;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.wire.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final BoundedHttp mirrors;
    private final RegistryReader reader;
    private final PolicyLayout layout = new PolicyLayout(ContractArtifact.load("GatewayPolicy"));

    /** What was believed last: its names hold for as long as the head does. */
    private @Nullable Known last;

    /** What was read, and the block that it is of. */
    private record Known(ProvenBlock block, RegistryReader.Known read) {}

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
        this.mirrors = BoundedHttp.open(JsonRpc.TIME_MAX, StoredDocument.SIZE_BYTES_MAX);
        this.reader =
                new RegistryReader(layout, endpoints, elsewhere(documents, mirrors), listener);
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
        Registry registry =
                reader.read(
                        contract(header),
                        point,
                        progress.names(),
                        Optional.ofNullable(last).map(Known::read));
        PolicyReading reading =
                new PolicyReading(
                        point,
                        registry.entries(),
                        progress.dependencies(),
                        finalised.justification());
        anchor.advance(point);
        last =
                new Known(
                        new ProvenBlock(header, endpoints),
                        new RegistryReader.Known(point, registry));
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
        if (last == null) {
            return Optional.empty();
        }
        RegistryReader.Known known = last.read();
        Optional<ExecutionHeader> header =
                finality.early().filter(early -> early.number() > known.point().block());
        return header.isPresent() ? Optional.of(early(header.get(), known)) : Optional.empty();
    }

    private EarlyPolicy early(ExecutionHeader header, RegistryReader.Known known)
            throws PolicyReadException {
        PolicyAnchor before = PolicyAnchor.of(known.point());
        Progress progress = progress(header, before.epoch());
        PolicyPoint point = point(header, progress);
        before.requireNotBefore(point);
        requireSameHistory(before, progress);
        return new EarlyPolicy(
                new ProvenBlock(header, endpoints),
                reader.halts(contract(header), point, progress.names(), known),
                progress.dependencies());
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

    private ProvenContract contract(ExecutionHeader header) {
        return ProvenContract.at(endpoints, header, pinned.contract(), pinned.codeHash());
    }

    private static List<Documents> elsewhere(DocumentSources sources, BoundedHttp mirrors) {
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
