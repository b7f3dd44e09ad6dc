package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.read.Halt;
import io.attestgate.policy.snapshot.Ending;
import io.attestgate.policy.snapshot.Grounds;
import io.attestgate.proxy.pipeline.RequestObserver.Answerer;
import io.attestgate.proxy.pipeline.RequestObserver.Ended;
import io.attestgate.proxy.upstream.UpstreamFault.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs when its host is served no more ends, whatever it is and however busy. */
class PermitTest {
    private static final String HOST = "app.localhost";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** Several times as long as it takes to ask again. */
    private static final int PINGS_OF_SEVERAL_CHECKS = 35;

    /** What takes the permission away. */
    enum End {
        HALT,
        HALT_OF_THE_WHOLE_GATEWAY,
        WITHDRAWAL,
        REVOCATION_OF_OURSELVES,
        STALENESS_BY_THE_CLOCK_ALONE;

        void happen(Running gateway) {
            switch (this) {
                case HALT -> halt(gateway, HOST);
                case HALT_OF_THE_WHOLE_GATEWAY -> halt(gateway, "");
                case WITHDRAWAL -> {
                    gateway.policy.withdrawn(HOST);
                    gateway.enforce();
                }
                case REVOCATION_OF_OURSELVES -> {
                    Grounds good = Grounds.fulfilled();
                    Ending revoked = Ending.already(Ending.Cause.MEASUREMENT_REVOKED);
                    gateway.policy.on(new Grounds(good.beats(), revoked, good.early()));
                    gateway.enforce();
                }
                case STALENESS_BY_THE_CLOCK_ALONE ->
                        gateway.clock.updateAndGet(now -> now.plus(Duration.ofDays(365)));
            }
        }
    }

    private static void halt(Running gateway, String name) {
        Instant start = Instant.now().minus(Duration.ofMinutes(1));
        Instant until = start.plus(Duration.ofDays(1));
        gateway.policy.halted(name, new Halt(start, until, Optional.empty(), 7));
        gateway.enforce();
    }

    static Stream<Arguments> endsAndVersions() {
        return Stream.of(End.values())
                .flatMap(
                        end ->
                                Stream.of(RunningClient.Version.values())
                                        .map(version -> Arguments.of(end, version)));
    }

    /** An upstream of WebSockets that tells when one of them has ended. */
    private static Origin chat(CountDownLatch ended) throws IOException {
        return Origin.open(
                (head, in, out) -> {
                    try {
                        TunnelTest.echoAnyKey(head, in, out);
                    } finally {
                        ended.countDown();
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("endsAndVersions")
    void aBusyWebSocketIsCutOnBothSidesWhenItsHostIsServedNoMore(
            End end, RunningClient.Version version) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (Origin origin = chat(ended);
                Running gateway = Running.open().serve(HOST, origin.port());
                RunningClient client = RunningClient.open(gateway, HOST, version)) {
            client.openWebSocket();
            client.ping();
            end.happen(gateway);

            assertThat(pingsUntilCut(client)).isLessThan(PATIENCE.dividedBy(PAUSE));
            assertThat(client.wasCut()).isTrue();
            assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            Ended seen = Observed.next(gateway.observed.requests);
            assertThat(seen.ending()).isEqualTo(RequestObserver.Ending.CUT);
            assertThat(seen.answerer()).isEqualTo(Answerer.POLICY);
            assertThat(seen.status()).isEqualTo(101);
            assertThat(gateway.observed.faults).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWebSocketIsCutWhenTheLastGoodDocumentOfItsHostEnds(RunningClient.Version version)
            throws Exception {
        try (Origin origin = chat(new CountDownLatch(1));
                Running gateway = Running.open().serve(HOST, origin.port());
                RunningClient client = RunningClient.open(gateway, HOST, version)) {
            client.openWebSocket();
            Instant bad = Instant.now();
            gateway.policy.broken(HOST);
            gateway.enforce();
            gateway.policy.at(bad.plus(Duration.ofHours(5)));
            gateway.enforce();
            gateway.clock.set(bad.plus(Duration.ofHours(5)));
            pingForSeveralChecks(client);
            gateway.clock.set(bad.plus(Duration.ofHours(7))); // Of six: the view is not stale.

            assertThat(pingsUntilCut(client)).isLessThan(PATIENCE.dividedBy(PAUSE));
            assertThat(Observed.next(gateway.observed.requests).answerer())
                    .isEqualTo(Answerer.POLICY);
        }
    }

    private static void pingForSeveralChecks(RunningClient client) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < PINGS_OF_SEVERAL_CHECKS; i++) {
            client.ping();
            assertThat(never.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    /** How often it answered before it did no more, or until patience was over. */
    private static long pingsUntilCut(RunningClient client) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long most = PATIENCE.dividedBy(PAUSE);
        for (long pings = 0; pings < most; pings++) {
            assertThat(never.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
            try {
                client.ping();
            } catch (IOException cut) {
                return pings;
            }
        }
        return most;
    }

    @ParameterizedTest
    @EnumSource
    void aWebSocketGoesOnUnderTheDocumentItBeganWithWhenAnotherServesItsHost(
            RunningClient.Version version) throws Exception {
        try (Origin origin = chat(new CountDownLatch(1));
                Origin next = Origin.saying("new");
                Running gateway = Running.open().serve(HOST, origin.port());
                RunningClient client = RunningClient.open(gateway, HOST, version)) {
            client.openWebSocket();
            gateway.policy.host(HOST, next.port());
            gateway.enforce();
            pingForSeveralChecks(client);

            try (RawClient another = gateway.client(HOST)) {
                assertThat(another.get(HOST, "/").body()).isEqualTo("new");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBusyWebSocketEndsWithTheTotalTimeOfItsDocument(RunningClient.Version version)
            throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (Origin origin = chat(ended);
                Running gateway = Running.open().certify(HOST)) {
            gateway.policy.host(HOST, origin.port(), ",\"timeouts\":{\"total\":\"2s\"}");
            gateway.enforce();
            try (RunningClient client = RunningClient.open(gateway, HOST, version)) {
                client.openWebSocket();

                assertThat(pingsUntilCut(client)).isLessThan(PATIENCE.dividedBy(PAUSE));
                assertThat(ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(Observed.next(gateway.observed.faults).source())
                        .isEqualTo(Source.TOTAL_TIMEOUT);
                assertThat(Observed.next(gateway.observed.requests).ending())
                        .isEqualTo(RequestObserver.Ending.CUT);
            }
        }
    }

    /** Writes an answer without end, slowly. */
    private static void drip(String head, InputStream in, OutputStream out) throws IOException {
        out.write(
                "HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (!never.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                out.write('.');
            }
        } catch (InterruptedException over) {
            throw new IOException(over);
        }
    }

    @ParameterizedTest
    @MethodSource("endsAndVersions")
    void aLongDownloadIsCutSoThatItDoesNotLookWhole(End end, RunningClient.Version version)
            throws Exception {
        try (Origin origin = Origin.open(PermitTest::drip);
                Running gateway = Running.open().serve(HOST, origin.port());
                RunningClient client = RunningClient.open(gateway, HOST, version)) {
            client.beginDownload();
            end.happen(gateway);

            client.readToTheEnd();
            assertThat(client.wasCut()).isTrue();
            Ended seen = Observed.next(gateway.observed.requests);
            assertThat(seen.ending()).isEqualTo(RequestObserver.Ending.CUT);
            assertThat(seen.answerer()).isEqualTo(Answerer.POLICY);
            assertThat(seen.status()).isEqualTo(200);
        }
    }

    @Test
    void aRequestThatIsNotAnsweredYetGetsTheAnswerOfANewOne() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    try {
                                        never.await();
                                    } catch (InterruptedException over) {
                                        throw new IOException(over);
                                    }
                                });
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            client.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(Observed.next(origin.heads)).startsWith("GET /");
            halt(gateway, HOST);
            Reply reply = client.reply();

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body()).contains("halted");
            Ended seen = Observed.next(gateway.observed.requests);
            assertThat(seen.ending()).isEqualTo(RequestObserver.Ending.COMPLETE);
            assertThat(seen.answerer()).isEqualTo(Answerer.POLICY);
            assertThat(client.get(HOST, "/").status()).isEqualTo(503);
        }
    }

    @Test
    void anUploadThatIsNotAnsweredYetIsTakenNoFurther() throws Exception {
        try (Origin origin = Origin.echoing();
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            client.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 1000\r\n\r\n.");
            assertThat(Observed.next(origin.heads)).startsWith("POST /");
            halt(gateway, HOST);

            assertThat(client.reply().status()).isEqualTo(503);
            assertThat(client.isEnded()).isTrue();
        }
    }
}
