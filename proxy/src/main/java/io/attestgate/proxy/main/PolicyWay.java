package io.attestgate.proxy.main;

import io.attestgate.attest.seal.Purpose;
import io.attestgate.policy.document.TcbState;
import io.attestgate.policy.follow.FollowerStatus;
import io.attestgate.policy.follow.PolicyFollower;
import io.attestgate.policy.read.PinnedContract;
import io.attestgate.policy.read.ProvenSource;
import io.attestgate.policy.read.ProvenSurroundings;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.HeartbeatDuty;
import io.attestgate.policy.snapshot.LatestClock;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import io.attestgate.policy.standing.HeartbeatLoop;
import io.attestgate.policy.standing.Standing;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.proxy.bootstrap.ChainAnchor;
import io.attestgate.proxy.bootstrap.EndpointConnection;
import io.attestgate.proxy.operations.GatewayStatus.Failure;
import io.attestgate.proxy.operations.GatewayStatus.ReadingStatus;
import io.attestgate.proxy.operations.HeartbeatStatus;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The policy way, opened: the reader that the bootstrap file asks for, and what follows it. */
final class PolicyWay {
    private final EnforcedDocuments documents;
    private final Standing standing;
    private final PolicyFollower follower;
    private final ScheduledExecutorService reader;
    private final Duration poll;

    private PolicyWay(
            EnforcedDocuments documents,
            Standing standing,
            PolicyFollower follower,
            ScheduledExecutorService reader,
            Duration poll) {
        this.documents = documents;
        this.standing = standing;
        this.follower = follower;
        this.reader = reader;
        this.poll = poll;
    }

    /** Opens it; nothing is read before {@link #start}. */
    static PolicyWay open(
            Bootstrap bootstrap,
            Enclave enclave,
            LatestClock clock,
            Consumer<Snapshot> consumer,
            Closing closing) {
        ScheduledExecutorService reader =
                closing.add(
                        Executors.newSingleThreadScheduledExecutor(
                                Thread.ofPlatform().daemon().name("policy").factory()));
        ChainAnchor chain = bootstrap.chain();
        ProvenSurroundings state =
                new ProvenSurroundings(closing.add(source(chain, enclave)), chain.codeHashes());
        EnforcedDocuments documents = new EnforcedDocuments(state);
        Standing standing =
                new Standing(
                        enclave.measurement(),
                        new HeartbeatLoop(new SecureRandom(), clock),
                        state,
                        state);
        PolicyFollower follower =
                closing.add(
                        new PolicyFollower(
                                documents,
                                new SnapshotBuilder(enforcer(enclave)),
                                bare -> {
                                    clock.proven(bare.point().blockTime());
                                    return standing.judge(bare);
                                },
                                snapshot -> {
                                    consumer.accept(snapshot);
                                    documents.keepOnlyThoseOf(snapshot);
                                },
                                clock));
        return new PolicyWay(documents, standing, follower, reader, chain.poll());
    }

    /** The one reader of this release; the bootstrap file accepts no other trust. */
    private static ProvenSource source(ChainAnchor chain, Enclave enclave) {
        return switch (chain.trust()) {
            case DEVNET ->
                    ProvenSource.devnet(
                            new PinnedContract(chain.chainId(), chain.contract(), chain.codeHash()),
                            EndpointConnection.open(chain.rpc().getFirst()),
                            new SealedAnchor(enclave.store().compartment(Purpose.ANCHOR)));
        };
    }

    /** The simulated register is a file: it protects from crashes, not from the operator. */
    private static Enforcer enforcer(Enclave enclave) {
        return new Enforcer(
                enclave.platform().name(),
                TcbState.UNJUDGED,
                enclave.instance(),
                Enforcer.Rollback.UNPROTECTED);
    }

    /**
     * Reads from now on.
     *
     * @param afterwards run as often, on the same thread
     */
    void start(Runnable afterwards) {
        follower.start(reader, poll);
        Future<?> watching =
                reader.scheduleWithFixedDelay(
                        afterwards, 0, poll.toMillis(), TimeUnit.MILLISECONDS);
        assert !watching.isDone();
    }

    /** The documents that are enforced. */
    EnforcedDocuments documents() {
        return documents;
    }

    /** Whether readings go on; they end by themselves only after a bug of ours. */
    boolean isFollowing() {
        return follower.isFollowing();
    }

    /** How reading goes. */
    ReadingStatus reading() {
        FollowerStatus status = follower.status();
        return new ReadingStatus(
                status.readAt(),
                status.failedReadings(),
                status.failure().map(f -> new Failure(f.at(), f.message())),
                standing.earlyFailure());
    }

    /** How the heartbeat goes; empty where the document that is in force asks for none. */
    Optional<HeartbeatStatus> heartbeat(Snapshot snapshot) {
        HeartbeatDuty duty = snapshot.heartbeatDuty();
        return duty.beforeServing() || duty.rule().isPresent()
                ? Optional.of(
                        HeartbeatStatus.of(duty, standing.heartbeat(), snapshot.point().chainId()))
                : Optional.empty();
    }
}
