package io.attestgate.proxy.main;

import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.policy.finality.Disagreements;
import io.attestgate.policy.follow.FollowerStatus;
import io.attestgate.policy.follow.PolicyFollower;
import io.attestgate.policy.read.ProvenSurroundings;
import io.attestgate.policy.read.ReadingListener;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.HeartbeatDuty;
import io.attestgate.policy.snapshot.LatestClock;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import io.attestgate.policy.standing.HeartbeatLoop;
import io.attestgate.policy.standing.Standing;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.proxy.bootstrap.Trust;
import io.attestgate.proxy.chain.ChainConnection;
import io.attestgate.proxy.chain.Kept;
import io.attestgate.proxy.operations.ChainStatus;
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
import java.util.function.Supplier;

/** The policy way, opened: the reader that the bootstrap file asks for, and what follows it. */
final class PolicyWay {
    private final EnforcedDocuments documents;
    private final Standing standing;
    private final PolicyFollower follower;
    private final ScheduledExecutorService reader;
    private final Duration poll;
    private final Supplier<ChainStatus> chain;

    private PolicyWay(
            EnforcedDocuments documents,
            Standing standing,
            PolicyFollower follower,
            ScheduledExecutorService reader,
            Duration poll,
            Supplier<ChainStatus> chain) {
        this.documents = documents;
        this.standing = standing;
        this.follower = follower;
        this.reader = reader;
        this.poll = poll;
        this.chain = chain;
    }

    /**
     * Opens it; nothing is read before {@link #start}.
     *
     * @param own what our own platform was judged to be, which documents have to accept; empty on
     *     the simulated one
     */
    static PolicyWay open(
            Bootstrap bootstrap,
            Enclave enclave,
            Optional<OwnState> own,
            LatestClock clock,
            Consumer<Snapshot> consumer,
            Closing closing) {
        ScheduledExecutorService reader =
                closing.add(
                        Executors.newSingleThreadScheduledExecutor(
                                Thread.ofPlatform().daemon().name("policy").factory()));
        ChainConnection chain =
                closing.add(
                        ChainConnection.open(
                                bootstrap.chain(), kept(enclave), clock, ReadingListener.silent()));
        ProvenSurroundings state =
                new ProvenSurroundings(chain.source(), bootstrap.chain().codeHashes());
        ReadingWatch watch = new ReadingWatch(state, clock);
        EnforcedDocuments documents = new EnforcedDocuments(watch);
        Standing standing =
                new Standing(
                        enclave.measurement(),
                        enclave::otherMeasurements,
                        new HeartbeatLoop(new SecureRandom(), clock),
                        state,
                        state);
        PolicyFollower follower =
                closing.add(
                        new PolicyFollower(
                                documents,
                                new SnapshotBuilder(enforcer(enclave, own)),
                                bare -> {
                                    clock.proven(bare.point().blockTime());
                                    return standing.judge(bare);
                                },
                                snapshot -> {
                                    consumer.accept(snapshot);
                                    watch.enforced(snapshot);
                                    documents.keepOnlyThoseOf(snapshot);
                                },
                                clock));
        return new PolicyWay(
                documents,
                standing,
                follower,
                reader,
                bootstrap.chain().poll(),
                () -> status(bootstrap.chain().trust(), chain, watch));
    }

    private static Kept kept(Enclave enclave) {
        Compartment compartment = enclave.anchor();
        return new Kept(new SealedAnchor(compartment), new SealedCheckpoint(compartment));
    }

    private static ChainStatus status(Trust trust, ChainConnection chain, ReadingWatch watch) {
        return new ChainStatus(
                trust.word(),
                watch.justification(),
                watch.lag(),
                chain.disagreements().map(Disagreements::count).orElse(0L),
                chain.disagreements().flatMap(Disagreements::newest),
                watch.refusals(),
                chain.endpoints(),
                chain.beaconFailures());
    }

    private static Enforcer enforcer(Enclave enclave, Optional<OwnState> own) {
        Enforcer.Rollback rollback = rollback(enclave.rollback());
        return own.map(
                        state ->
                                new Enforcer(
                                        enclave.platformName(),
                                        state.tcb(),
                                        state.roots(),
                                        enclave.instance(),
                                        rollback,
                                        enclave.keyProvider()))
                .orElseGet(() -> Enforcer.simulated(rollback));
    }

    private static Enforcer.Rollback rollback(Rollback ours) {
        return switch (ours) {
            case TRUSTED_REGISTER -> Enforcer.Rollback.TRUSTED_REGISTER;
            case UNPROTECTED -> Enforcer.Rollback.UNPROTECTED;
        };
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

    /** The bug of ours that ended the readings. */
    Optional<Throwable> bug() {
        return follower.bug();
    }

    /** Whether readings go on; they end by themselves only after a bug of ours. */
    boolean isFollowing() {
        return follower.isFollowing();
    }

    /** How the chain is read. */
    ChainStatus chain() {
        return chain.get();
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
