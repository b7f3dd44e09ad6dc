package io.attestgate.policy.beacon;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.beacon.spec.ExecutionPayloadHeader;
import io.attestgate.policy.finality.FinalisedHeader;
import io.attestgate.policy.finality.FinalitySource;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.wire.Fault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finality by the sync committees' signatures: what neither beacon nodes nor RPC endpoints can
 * bend.
 *
 * <p>The beacon chain gives the hash of the final execution block; the header is then asked of any
 * RPC endpoint and believed by that hash. One thread.
 */
public final class LightClientFinality implements FinalitySource {
    /** How often the newest final block is kept, in the chain's own time; sealing is not free. */
    private static final Duration KEEP_INTERVAL = Duration.ofMinutes(1);

    private static final String TRUSTED = "the checkpoint of the bootstrap file";

    private final BeaconEndpoints beacons;
    private final LightClient client;
    private final HeaderByHash headers;
    private final CheckpointStore checkpoints;
    private Optional<LightClientCheckpoint> kept = Optional.empty();
    private boolean loaded;
    private @Nullable FinalisedHeader newest;
    private @Nullable ExecutionHeader early;

    /**
     * Has no effect yet: nothing is asked before {@link #newest}.
     *
     * @param settings of the bootstrap file
     * @param beacons at least one, closed with this
     * @param headers where execution headers are asked for, closed by who opened them
     * @param checkpoints what outlives a restart
     * @param clock the latest that is known, since it ends a permission
     */
    public LightClientFinality(
            LightClientSettings settings,
            List<BeaconApi> beacons,
            ProofEndpoints headers,
            CheckpointStore checkpoints,
            InstantSource clock) {
        this.beacons = new BeaconEndpoints(beacons);
        this.client = new LightClient(settings, this.beacons, clock);
        this.headers = new HeaderByHash(headers);
        this.checkpoints = checkpoints;
    }

    @Override
    public FinalisedHeader newest() throws PolicyReadException {
        LightClientStore store = client.advance(load());
        requireNotBeforeKept(store);
        FinalisedHeader before = newest;
        ExecutionPayloadHeader payload = store.finalized().execution();
        if (before != null && before.header().hash().equals(payload.blockHash())) {
            keep(store);
            return before;
        }
        ExecutionHeader header = fetch(payload);
        if (before != null && header.number() < before.header().number()) {
            throw refused(
                    Failure.OLDER_BLOCK, header.number(), before.header().number() + " or later");
        }
        FinalisedHeader found =
                new FinalisedHeader(
                        header, store.finalizedBy().map(Justification::toString).orElse(TRUSTED));
        newest = found;
        keep(store);
        return found;
    }

    @Override
    public Optional<ExecutionHeader> early() throws PolicyReadException {
        FinalisedHeader before = newest;
        if (before == null) {
            return Optional.empty();
        }
        ExecutionPayloadHeader payload = client.advanceOptimistic().optimistic().execution();
        if (payload.blockNumber() <= before.header().number()) {
            return Optional.empty();
        }
        ExecutionHeader known = early;
        if (known == null || !known.hash().equals(payload.blockHash())) {
            known = fetch(payload);
            early = known;
        }
        return Optional.of(known);
    }

    /** What each beacon node failed by when it was asked last; none of those that did not fail. */
    public Map<String, PolicyReadException> failures() {
        return beacons.failures();
    }

    @Override
    public void close() {
        beacons.close();
    }

    /** The chain's own rules make these equal; a difference would be a bug of somebody's. */
    private ExecutionHeader fetch(ExecutionPayloadHeader payload) throws PolicyReadException {
        ExecutionHeader header = headers.fetch(payload.blockHash());
        boolean same =
                header.number() == payload.blockNumber()
                        && header.stateRoot().equals(payload.stateRoot())
                        && header.time().equals(Instant.ofEpochSecond(payload.timestamp()));
        if (!same) {
            throw refused(
                    Failure.WRONG_HEADER, header.number(), "the payload of " + payload.blockHash());
        }
        return header;
    }

    private Optional<LightClientCheckpoint> load() throws PolicyReadException {
        if (!loaded) {
            try {
                kept = checkpoints.load();
            } catch (IOException e) {
                throw unavailable(e);
            }
            loaded = true;
        }
        return kept;
    }

    private void requireNotBeforeKept(LightClientStore store) throws PolicyReadException {
        LightClientCheckpoint reached = LightClientCheckpoint.of(store);
        if (kept.isEmpty()) {
            return;
        }
        if (!kept.get().network().equals(reached.network())) {
            throw new PolicyReadException(
                    Failure.WRONG_CHAIN,
                    new Fault(
                                    "genesis validators root",
                                    reached.network().toString(),
                                    kept.get().network().toString())
                            .toString());
        }
        if (reached.slot() < kept.get().slot()) {
            throw refused(
                    Failure.OLDER_BLOCK,
                    reached.slot(),
                    "slot %d or later".formatted(kept.get().slot()));
        }
    }

    private void keep(LightClientStore store) throws PolicyReadException {
        LightClientCheckpoint reached = LightClientCheckpoint.of(store);
        Instant due =
                kept.map(k -> store.network().timeOf(k.slot()).plus(KEEP_INTERVAL))
                        .orElse(Instant.MIN);
        if (store.network().timeOf(reached.slot()).isBefore(due)) {
            return;
        }
        try {
            checkpoints.store(reached);
        } catch (IOException e) {
            throw unavailable(e);
        }
        kept = Optional.of(reached);
    }

    private static PolicyReadException unavailable(IOException e) {
        return new PolicyReadException(
                Failure.ANCHOR_UNAVAILABLE, "finalised header: " + e.getMessage(), e);
    }

    private static PolicyReadException refused(Failure failure, long found, String expected) {
        return new PolicyReadException(
                failure, new Fault("finalised block", Long.toString(found), expected).toString());
    }
}
