package io.attestgate.proxy.wellknown;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.client.EndpointVerifier;
import io.attestgate.client.Expectations;
import io.attestgate.client.connect.Endpoint;
import io.attestgate.client.connect.EndpointExchange;
import io.attestgate.client.verdict.Leg;
import io.attestgate.client.verdict.LegName;
import io.attestgate.client.verdict.Outcome;
import io.attestgate.client.verdict.Report;
import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.pipeline.Gateway;
import io.attestgate.proxy.pipeline.GatewayOptions;
import io.attestgate.proxy.pipeline.GatewayParts;
import io.attestgate.proxy.pipeline.RequestObserver;
import io.attestgate.proxy.tls.HandshakeEnd;
import io.attestgate.proxy.tls.TlsIdentities;
import io.attestgate.proxy.tls.TlsIdentity;
import io.attestgate.proxy.upstream.UpstreamFault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client of this project against the gateway of this project, over TLS. */
final class VerifiedGatewayTest {

    @Test
    void aGatewayIsVerifiedByItsMeasurementOrItsKeyAndByNoOther(@TempDir Path folder)
            throws Exception {
        Instant now = Instant.now();
        AttestedHost host = new AttestedHost("app.verified.localhost", 1, now, folder);
        try (AnswerKeys answerKeys = AnswerKeys.make(new SecureRandom());
                ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
                Gateway gateway = open(host, answerKeys, blocking)) {
            Endpoint endpoint = new Endpoint(host.host, gateway.httpsAddress().getPort());
            Report measured = verifier(now, Set.of(host.measurement()), Set.of()).verify(endpoint);
            Report pinned =
                    verifier(now, Set.of(), Set.of(host.current.spkiSha256())).verify(endpoint);
            Report other = verifier(now, Set.of(Hash32.ZERO), Set.of()).verify(endpoint);

            assertThat(failed(measured)).isEmpty();
            assertThat(measured.verified()).isTrue();
            assertThat(measured.claims().orElseThrow().signingKey())
                    .isEqualTo(answerKeys.signingKey());
            assertThat(pinned.verified()).isTrue();
            assertThat(failed(other)).containsExactly(LegName.MEASUREMENT, LegName.TRUST_ANCHOR);
        }
    }

    private static List<LegName> failed(Report report) {
        return report.legs().stream()
                .filter(leg -> leg.outcome() == Outcome.FAIL)
                .map(Leg::name)
                .toList();
    }

    private static EndpointVerifier verifier(
            Instant now, Set<Hash32> measurements, Set<Hash32> pins) {
        EndpointExchange exchange =
                new EndpointExchange(
                        new EndpointExchange.Settings(
                                Optional.empty(), Optional.empty(), Duration.ofSeconds(20)),
                        () -> now);
        Expectations expectations =
                new Expectations(Set.of("simulated"), Optional.empty(), measurements, pins);
        return new EndpointVerifier(exchange, expectations, () -> now, new SecureRandom());
    }

    private static Gateway open(AttestedHost host, AnswerKeys answerKeys, ExecutorService blocking)
            throws Exception {
        WellKnown answers =
                new WellKnown(
                        new WellKnownParts(
                                host.table::snapshot,
                                host.certificates,
                                List::of,
                                answerKeys,
                                AttestedHost.CONFIG,
                                host.platform.instance(),
                                host.attestor::attest,
                                hash -> Optional.empty(),
                                () -> host.now),
                        System::nanoTime,
                        1);
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return Gateway.open(
                GatewayOptions.of(free, Optional.empty()),
                new GatewayParts(
                        () -> host.table,
                        identities(host),
                        (name, token) -> Optional.empty(),
                        answers,
                        () -> host.now,
                        blocking,
                        new Unobserved()));
    }

    private static TlsIdentities identities(AttestedHost host) {
        TlsIdentity identity = host.identity();
        return new TlsIdentities() {
            @Override
            public Optional<TlsIdentity> serving(Hostname name) {
                return Optional.of(identity).filter(i -> name.equals(host.host));
            }

            @Override
            public Optional<TlsIdentity> challenge(Hostname name) {
                return Optional.empty();
            }
        };
    }

    /** Listens to nothing. */
    private static final class Unobserved implements RequestObserver {
        @Override
        public void connectionOpened(Port port) {}

        @Override
        public void connectionClosed(Port port) {}

        @Override
        public void handshakeEnded(HandshakeEnd end) {}

        @Override
        public Map<String, String> keep(Headers request) {
            return Map.of();
        }

        @Override
        public void requestEnded(Ended ended) {}

        @Override
        public void upstreamFailed(Hostname host, UpstreamFault fault) {}
    }
}
