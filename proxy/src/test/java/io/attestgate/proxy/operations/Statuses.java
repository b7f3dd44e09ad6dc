package io.attestgate.proxy.operations;

import io.attestgate.attest.secret.ProcessHardening;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.endpoint.EndpointStatus;
import io.attestgate.policy.snapshot.Ending;
import io.attestgate.proxy.operations.GatewayStatus.Failure;
import io.attestgate.proxy.operations.GatewayStatus.Identity;
import io.attestgate.proxy.operations.GatewayStatus.ListenerStatus;
import io.attestgate.proxy.operations.GatewayStatus.ReadingStatus;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Gateways at one instant of their life, as the status tells it. */
final class Statuses {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    static final Instant BLOCK_TIME = NOW.minusSeconds(10);

    private Statuses() {}

    /** Bound, and nothing read yet: the chain cannot be reached. */
    static GatewayStatus starting() {
        ReadingStatus failing =
                new ReadingStatus(
                        Optional.empty(),
                        3,
                        Optional.of(new Failure(NOW, "rpc: refused")),
                        Optional.empty());
        return new GatewayStatus(
                identity(),
                Optional.empty(),
                Optional.empty(),
                failing,
                chain(),
                List.of(),
                List.of(),
                listeners());
    }

    /** A policy with one name of each kind, and the certificates that are given. */
    static GatewayStatus governed(CertificateStatus... certificates) {
        ReadingStatus good =
                new ReadingStatus(Optional.of(NOW), 3, Optional.empty(), Optional.empty());
        return new GatewayStatus(
                identity(),
                Optional.of(policy()),
                Optional.of(heartbeat()),
                good,
                chain(),
                List.of(
                        domain("app.example", DomainStatus.State.LIVE),
                        domain("old.example", DomainStatus.State.WITHDRAWN)),
                List.of(certificates),
                listeners());
    }

    static CertificateStatus serving(String host, Instant notAfter) {
        return new CertificateStatus(
                host,
                "serving",
                Optional.of(
                        new CertificateStatus.Serving(
                                URI.create("https://ca.example/directory"),
                                notAfter.minus(Duration.ofDays(90)),
                                notAfter,
                                hash(7))),
                Optional.of(hash(8)),
                Optional.of(notAfter.minus(Duration.ofDays(30))),
                Optional.empty());
    }

    static CertificateStatus failing(String host, String inTheAuthoritysWords) {
        return new CertificateStatus(
                host,
                "failing",
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOW.plusSeconds(60)),
                Optional.of(new Failure(NOW.minusSeconds(1), inTheAuthoritysWords)));
    }

    /** A quorum of which one is gone for good and one disagreed. */
    static ChainStatus chain() {
        EndpointStatus liar =
                new EndpointStatus(
                        "liar.example",
                        EndpointStatus.State.QUARANTINED,
                        Optional.empty(),
                        Optional.of(hash(9)),
                        OptionalLong.of(41),
                        Optional.of(
                                new EndpointStatus.Refusal(
                                        PolicyReadException.Failure.EQUIVOCATION,
                                        "two blocks of 41",
                                        NOW)),
                        Map.of(PolicyReadException.Failure.EQUIVOCATION, 1L));
        return new ChainStatus(
                "quorum",
                Optional.of("2 of 3 endpoints: a and b"),
                Optional.of(Duration.ofMillis(2300)),
                4,
                Optional.of("block 42: 0x1 by a, 0x2 by b"),
                Map.of(PolicyReadException.Failure.NO_QUORUM, 3L),
                List.of(liar),
                Map.of("beacon.example", "TIMED_OUT: no answer"));
    }

    private static PolicyStatus policy() {
        return new PolicyStatus(
                31337,
                Address.ZERO,
                3,
                hash(1),
                42,
                hash(2),
                BLOCK_TIME,
                BLOCK_TIME.plus(Duration.ofHours(1)),
                BLOCK_TIME.plus(Duration.ofHours(6)),
                new Ending(BLOCK_TIME.plus(Duration.ofHours(1)), Ending.Cause.STALE_POLICY),
                new Ending(BLOCK_TIME.plus(Duration.ofHours(6)), Ending.Cause.STALE_POLICY),
                List.of(),
                List.of());
    }

    private static HeartbeatStatus heartbeat() {
        return new HeartbeatStatus(
                false,
                true,
                31337,
                Optional.of(Address.ZERO),
                Optional.of(hash(9)),
                Optional.of(NOW.minusSeconds(5)),
                Optional.of(NOW.minusSeconds(20)),
                Optional.of(40L),
                NOW.minusSeconds(60),
                Optional.empty());
    }

    private static DomainStatus domain(String name, DomainStatus.State state) {
        return new DomainStatus(
                name,
                state,
                Optional.of(hash(3)),
                Optional.of(hash(4)),
                Optional.empty(),
                List.of());
    }

    private static Identity identity() {
        return new Identity(
                "0.1.0",
                NOW.minusSeconds(60),
                "simulated",
                hash(5),
                hash(6),
                new ProcessHardening(true, true, "8388608 bytes", "memfd_secret"));
    }

    private static List<ListenerStatus> listeners() {
        return List.of(new ListenerStatus("https", "127.0.0.1:8443"));
    }

    static Hash32 hash(int filling) {
        byte[] bytes = new byte[Hash32.SIZE_BYTES];
        Arrays.fill(bytes, (byte) filling);
        return Hash32.of(bytes);
    }
}
