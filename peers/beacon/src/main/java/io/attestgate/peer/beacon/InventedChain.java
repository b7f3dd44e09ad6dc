package io.attestgate.peer.beacon;

import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.ExecutionPayloadHeader;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.wire.Hash32;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The beacon chain that is invented over an execution chain: three slots for each publication, a
 * committee of its own for each period. Guarded by its own lock.
 */
final class InventedChain {
    /** What bootstraps are kept for: an hour, at one publication each 300 ms. */
    static final int BLOCKS_MAX = 12_000;

    private final BeaconNetwork network;
    private final int blocksMax;
    private final Map<Long, CommitteeSecrets> committees = new LinkedHashMap<>();
    private final NavigableMap<Long, Publication> bestOfPeriod = new TreeMap<>();
    private final Map<Hash32, Publication> byFinalizedRoot =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Hash32, Publication> eldest) {
                    return size() > blocksMax;
                }
            };
    private final Map<Hash32, Publication> checkpoints = new LinkedHashMap<>();
    private Optional<Publication> newest = Optional.empty();

    /**
     * @param blocksMax how many final blocks are kept to begin at, besides checkpoints
     */
    InventedChain(BeaconNetwork network, int blocksMax) {
        this.network = network;
        this.blocksMax = blocksMax;
    }

    /** Whether three slots of one period end at that slot, after all that was published. */
    synchronized boolean hasRoom(long signatureSlot) {
        long after = newest.map(p -> p.attested().header().beacon().slot()).orElse(0L);
        return signatureSlot - 2 > after
                && network.periodAt(signatureSlot - 2) == network.periodAt(signatureSlot);
    }

    /** Publishes {@code finalized} as final and {@code latest} as the newest. */
    synchronized Publication publish(
            ExecutionPayloadHeader finalized, ExecutionPayloadHeader latest, long signatureSlot) {
        Hash32 parent = newest.map(p -> p.attested().root()).orElse(Hash32.ZERO);
        Hash32 finalBefore = newest.map(p -> p.finalized().root()).orElse(Hash32.ZERO);
        BeaconBlock last = block(signatureSlot - 2, parent, finalBefore, finalized);
        BeaconBlock head = block(signatureSlot - 1, last.root(), last.root(), latest);
        Publication publication =
                new Publication(last, head, forkAt(signatureSlot - 1), signatureSlot);
        bestOfPeriod.put(network.periodAt(signatureSlot), publication);
        byFinalizedRoot.put(last.root(), publication);
        newest = Optional.of(publication);
        return publication;
    }

    synchronized Optional<Publication> newest() {
        return newest;
    }

    synchronized Optional<Publication> ofPeriod(long period) {
        return Optional.ofNullable(bestOfPeriod.get(period));
    }

    synchronized Optional<Publication> ofFinalizedRoot(Hash32 root) {
        return Optional.ofNullable(checkpoints.get(root))
                .or(() -> Optional.ofNullable(byFinalizedRoot.get(root)));
    }

    /** The newest final block's root; the block is kept for ever, since somebody will trust it. */
    synchronized Hash32 checkpoint() {
        Publication publication = newest.orElseThrow();
        Hash32 root = publication.finalized().root();
        checkpoints.put(root, publication);
        return root;
    }

    /** The committee that signs in a period. */
    synchronized CommitteeSecrets committee(long period) {
        return committees.computeIfAbsent(
                period,
                p ->
                        CommitteeSecrets.of(
                                "attestgate test beacon/" + p,
                                network.preset().syncCommitteeSize()));
    }

    private BeaconBlock block(
            long slot, Hash32 parent, Hash32 finalizedRoot, ExecutionPayloadHeader payload) {
        Fork fork = forkAt(slot);
        long period = network.periodAt(slot);
        SparseTree state =
                new SparseTree(
                        Map.of(
                                fork.finalizedRootIndex(),
                                finalizedRoot,
                                fork.currentSyncCommitteeIndex(),
                                committee(period).committee().root(),
                                fork.nextSyncCommitteeIndex(),
                                committee(period + 1).committee().root()));
        return BeaconBlock.of(fork, slot, parent, payload, state);
    }

    Fork forkAt(long slot) {
        return network.forkAt(slot).orElseThrow().fork();
    }
}
