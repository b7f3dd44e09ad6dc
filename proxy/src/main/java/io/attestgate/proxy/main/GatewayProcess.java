package io.attestgate.proxy.main;

import io.attestgate.attest.detection.Detection;
import io.attestgate.attest.secret.ProcessHardening;
import io.attestgate.certificate.renewal.Wanted;
import io.attestgate.collateral.Update;
import io.attestgate.collateral.VendorCollateral;
import io.attestgate.collateral.http.Limits;
import io.attestgate.policy.snapshot.LatestClock;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.proxy.bootstrap.ListenAddress;
import io.attestgate.proxy.cli.Version;
import io.attestgate.proxy.operations.GatewayStatus;
import io.attestgate.proxy.operations.GatewayStatus.ListenerStatus;
import io.attestgate.proxy.operations.OperationsServer;
import io.attestgate.proxy.pipeline.Gateway;
import io.attestgate.proxy.pipeline.GatewayOptions;
import io.attestgate.proxy.pipeline.GatewayParts;
import io.attestgate.proxy.wellknown.AnswerKeys;
import io.attestgate.proxy.wellknown.WellKnown;
import io.attestgate.proxy.wellknown.WellKnownParts;
import io.attestgate.verify.HardwareSource;
import io.attestgate.verify.evidence.AppraisalPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * The whole product, running: opened in the order of trust (enclave, operations, certificates,
 * listeners, policy) and closed in reverse.
 *
 * <p>The policy is read last, so that nothing is served or ordered before everything that obeys it
 * is there.
 */
final class GatewayProcess implements AutoCloseable {
    private final Closing closing;
    private final Gateway gateway;
    private final StatusBoard status;
    private final PolicyInForce policy;
    private final AtomicBoolean ending;
    private final FaultWatch faults;

    private GatewayProcess(
            Closing closing,
            Gateway gateway,
            StatusBoard status,
            PolicyInForce policy,
            AtomicBoolean ending,
            FaultWatch faults) {
        this.closing = closing;
        this.gateway = gateway;
        this.status = status;
        this.policy = policy;
        this.ending = ending;
        this.faults = faults;
    }

    /**
     * Opens everything and starts to follow the policy; what was opened is closed if it throws.
     *
     * @param accessLog a line of JSON for each request, by the gateway document's rule
     */
    static GatewayProcess open(Bootstrap bootstrap, InstantSource system, OutputStream accessLog)
            throws StartException {
        Closing closing = new Closing();
        try {
            return open(bootstrap, system, accessLog, closing);
        } catch (StartException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static GatewayProcess open(
            Bootstrap bootstrap, InstantSource system, OutputStream accessLog, Closing closing)
            throws StartException {
        LatestClock clock = new LatestClock(system, System::nanoTime);
        Enclave enclave = Enclave.open(bootstrap, Detection.in(Path.of("/")), closing);
        Optional<OwnState> own = own(bootstrap, enclave, clock, closing);
        PolicyInForce policy = new PolicyInForce(clock);
        CertificateWay certificates =
                CertificateWay.open(
                        bootstrap, enclave, policy, own.map(OwnState::source), clock, closing);
        PolicyWay policyWay =
                PolicyWay.open(
                        bootstrap,
                        enclave,
                        own,
                        clock,
                        snapshot -> {
                            enclave.obeyForKeys(snapshot);
                            policy.enforce(snapshot);
                            certificates.keeper().want(Wanted.of(snapshot));
                            enclave.obeyForVersions(snapshot, clock.instant());
                        },
                        closing);
        StatusBoard status =
                new StatusBoard(
                        identity(enclave, clock.instant()),
                        policy,
                        policyWay,
                        certificates.keeper());
        Observing observing =
                Observing.open(
                        status,
                        policy,
                        certificates.keeper().outcomes(),
                        accessLog,
                        clock,
                        closing);
        try {
            Optional<OperationsServer> operations =
                    openOperations(bootstrap, status, observing, clock, closing);
            Gateway gateway =
                    closing.add(
                            Gateway.open(
                                    options(bootstrap),
                                    parts(
                                            enclave,
                                            policy,
                                            policyWay.documents(),
                                            certificates,
                                            clock,
                                            observing,
                                            closing)));
            status.listening(bound(gateway, operations));
            policyWay.start(new PermissionLog(policy::snapshot, clock));
            AtomicBoolean ending = new AtomicBoolean();
            FaultWatch faults =
                    new FaultWatch(
                            () -> ending.get() || policyWay.isFollowing(),
                            policyWay::bug,
                            () -> own.flatMap(OwnState::changed));
            return new GatewayProcess(closing, gateway, status, policy, ending, faults);
        } catch (IOException e) {
            throw new StartException("listeners", e);
        }
    }

    /** Judges our own hardware; the simulated platform has nobody who would vouch for it. */
    private static Optional<OwnState> own(
            Bootstrap bootstrap, Enclave enclave, InstantSource clock, Closing closing)
            throws StartException {
        Optional<AppraisalPolicy> policy = enclave.ownPolicy(bootstrap.appraisal());
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        VendorCollateral collateral =
                closing.add(
                        VendorCollateral.open(
                                bootstrap.collateral(), Optional.empty(), Limits.DEFAULT, clock));
        HardwareSource source =
                new HardwareSource(
                        policy.get(), collateral.source(Update.STANDARD, policy.get().roots()));
        OwnState state = OwnState.judge(enclave.appraisal(source), clock);
        state.watch(
                closing.add(
                        Executors.newSingleThreadScheduledExecutor(
                                Thread.ofPlatform().daemon().name("own-evidence").factory())));
        return Optional.of(state);
    }

    private static GatewayStatus.Identity identity(Enclave enclave, Instant startedAt) {
        return new GatewayStatus.Identity(
                Version.current(),
                startedAt,
                enclave.platformName(),
                enclave.measurement(),
                enclave.config(),
                ProcessHardening.seen());
    }

    private static Optional<OperationsServer> openOperations(
            Bootstrap bootstrap,
            StatusBoard status,
            Observing observing,
            InstantSource clock,
            Closing closing)
            throws IOException {
        Optional<ListenAddress> address = bootstrap.listeners().operations();
        return address.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        closing.add(
                                OperationsServer.open(
                                        address.get().toSocketAddress(),
                                        status,
                                        observing.metrics(),
                                        clock)));
    }

    private static GatewayOptions options(Bootstrap bootstrap) {
        return GatewayOptions.of(
                bootstrap.listeners().https().toSocketAddress(),
                bootstrap.listeners().http().map(ListenAddress::toSocketAddress));
    }

    private static GatewayParts parts(
            Enclave enclave,
            PolicyInForce policy,
            EnforcedDocuments documents,
            CertificateWay certificates,
            InstantSource clock,
            Observing observing,
            Closing closing) {
        ExecutorService blocking =
                closing.add(
                        Executors.newThreadPerTaskExecutor(
                                Thread.ofVirtual().name("names-", 0).factory()));
        return new GatewayParts(
                policy::table,
                new ServedIdentities(certificates.certificates(), certificates.challenges()),
                certificates.challenges()::http01,
                wellKnown(enclave, policy, documents, certificates, clock, closing),
                clock,
                blocking,
                observing.requests());
    }

    @SuppressWarnings("MustBeClosedChecker") // Closing closes the keys.
    private static WellKnown wellKnown(
            Enclave enclave,
            PolicyInForce policy,
            EnforcedDocuments documents,
            CertificateWay certificates,
            InstantSource clock,
            Closing closing) {
        SecureRandom random = new SecureRandom();
        WellKnownParts parts =
                new WellKnownParts(
                        policy::snapshot,
                        certificates.certificates(),
                        certificates.keeper()::accounts,
                        closing.add(AnswerKeys.make(random)),
                        enclave.config(),
                        enclave.instance(),
                        enclave.attestor()::attest,
                        documents::byHash,
                        clock);
        return new WellKnown(parts, System::nanoTime, random.nextLong());
    }

    private static List<ListenerStatus> bound(
            Gateway gateway, Optional<OperationsServer> operations) {
        List<ListenerStatus> bound = new ArrayList<>();
        bound.add(listener("https", gateway.httpsAddress()));
        gateway.httpAddress().ifPresent(address -> bound.add(listener("http", address)));
        operations.ifPresent(server -> bound.add(listener("operations", server.address())));
        return bound;
    }

    private static ListenerStatus listener(String kind, InetSocketAddress address) {
        return new ListenerStatus(
                kind, new ListenAddress(address.getAddress(), address.getPort()).toString());
    }

    /** What is bound, for people. */
    String listening() {
        return status.get().listeners().stream()
                .map(listener -> listener.kind() + " " + listener.address())
                .collect(Collectors.joining(", "));
    }

    /**
     * Waits until a policy was read and every name in it is served or has failed once; false if
     * this process must end before.
     */
    boolean awaitSettled() {
        return faults.await(status::isSettled);
    }

    /**
     * Returns only when this process must end, which is logged before anything is closed.
     *
     * @return why
     */
    String awaitFault() {
        return faults.await();
    }

    /** What is in force, for people. */
    String serving() {
        return policy.snapshot()
                .map(
                        snapshot ->
                                "%d names, epoch %d at block %d"
                                        .formatted(
                                                snapshot.domains().size(),
                                                snapshot.point().epoch(),
                                                snapshot.point().block()))
                .orElse("nothing");
    }

    /** Accepts no more, and waits until what runs has ended, at most so long. */
    void drain(Duration patience) throws InterruptedException {
        ending.set(true);
        gateway.drain(patience);
    }

    /** A second call does nothing. */
    @Override
    public void close() {
        closing.close();
    }
}
