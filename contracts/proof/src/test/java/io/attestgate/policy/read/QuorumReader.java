package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.endpoint.EndpointStatus;
import io.attestgate.policy.endpoint.Endpoints;
import io.attestgate.policy.finality.QuorumFinality;
import io.attestgate.policy.snapshot.DomainState;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reader as a gateway has it with {@code quorum} trust: two of several endpoints, proofs, the
 * anchor, and the snapshot that is served by. What fails changes nothing of that.
 */
final class QuorumReader implements AutoCloseable, ReadingListener {
    static final int QUORUM = 2;
    private static final PolicyName APP = new PolicyName("app.example");

    private final Endpoints endpoints;
    private final QuorumFinality finality;
    private final ProvenSource source;
    private final SnapshotBuilder builder =
            new SnapshotBuilder(Enforcer.simulated(Enforcer.Rollback.TRUSTED_REGISTER));
    private Optional<Snapshot> snapshot = Optional.empty();
    private final List<Failure> refusedLogs = new ArrayList<>();

    QuorumReader(PinnedContract pinned, AnchorStore store, List<LyingEndpoint> chain) {
        InstantSource clock = InstantSource.system();
        endpoints = new Endpoints(chain.stream().map(e -> e.endpoint(clock)).toList());
        finality = new QuorumFinality(endpoints, QUORUM, pinned.chainId());
        source =
                new ProvenSource(
                        pinned, finality, endpoints, DocumentSources.CHAIN_ALONE, store, this);
    }

    /** Reads once, as the follower does; empty if it went well. */
    Optional<Failure> read() {
        try {
            snapshot = Optional.of(builder.next(snapshot, source.read()));
            return Optional.empty();
        } catch (PolicyReadException e) {
            return Optional.of(e.failure());
        }
    }

    /** What is served by. */
    Snapshot snapshot() {
        return snapshot.orElseThrow();
    }

    long epoch() {
        return snapshot().point().epoch();
    }

    boolean servesApp() {
        return snapshot().domains().get(APP) instanceof DomainState.Live;
    }

    long disagreements() {
        return finality.disagreements().count();
    }

    List<Failure> refusedLogs() {
        return refusedLogs;
    }

    EndpointStatus standing(String name) {
        return endpoints.status().stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void proven(Part part, int done, int all) {}

    @Override
    public void logRefused(PolicyReadException why) {
        refusedLogs.add(why.failure());
    }

    @Override
    public void close() {
        source.close();
    }
}
