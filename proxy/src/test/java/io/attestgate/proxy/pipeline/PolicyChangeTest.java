package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.policy.read.Halt;
import io.attestgate.policy.snapshot.Ending;
import io.attestgate.policy.snapshot.Grounds;
import io.attestgate.proxy.pipeline.RequestObserver.Answerer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the chain decides is for the next request, on whatever connection it comes. */
class PolicyChangeTest {
    private static final String HOST = "app.localhost";

    @Test
    void theNextRequestOfAConnectionFollowsTheNewRoute() throws Exception {
        try (Origin old = Origin.saying("old");
                Origin next = Origin.saying("new");
                Running gateway = Running.open().serve(HOST, old.port());
                RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, "/").body()).isEqualTo("old");
            gateway.policy.host(HOST, next.port());
            gateway.enforce();

            assertThat(client.get(HOST, "/").body()).isEqualTo("new");
        }
    }

    @Test
    void aRequestThatRunsIsNotTouched() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        try (Origin old =
                        Origin.open(
                                (head, in, out) -> {
                                    out.write(
                                            "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nold"
                                                    .getBytes(StandardCharsets.US_ASCII));
                                    await(changed);
                                    out.write("est".getBytes(StandardCharsets.US_ASCII));
                                });
                Origin next = Origin.saying("new");
                Running gateway = Running.open().serve(HOST, old.port());
                RawClient client = gateway.client(HOST)) {
            client.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(Observed.next(old.heads)).startsWith("GET /");
            gateway.policy.host(HOST, next.port());
            gateway.enforce();
            changed.countDown();

            assertThat(client.reply().body()).isEqualTo("oldest");
            assertThat(client.get(HOST, "/").body()).isEqualTo("new");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aNameThatIsWithdrawnIsMisdirectedOnAnOpenConnection() throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, "/").status()).isEqualTo(200);
            gateway.policy.withdrawn(HOST);
            gateway.enforce();

            assertThat(client.get(HOST, "/").status()).isEqualTo(421);
            assertThatThrownBy(() -> gateway.client(HOST)).hasMessageContaining("unrecognized");
        }
    }

    @Test
    void aDocumentThatNobodyCanEnforceIs503() throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().certify(HOST)) {
            gateway.policy.broken(HOST);
            gateway.enforce();
            try (RawClient client = gateway.client(HOST)) {
                Reply reply = client.get(HOST, "/");

                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.body()).contains("policy");
                assertThat(Observed.next(gateway.observed.requests).answerer())
                        .isEqualTo(Answerer.POLICY);
                assertThat(origin.heads).isEmpty();
            }
        }
    }

    @Test
    void aHaltedHostIs503OnOpenConnectionsAndOnNewOnes() throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient before = gateway.client(HOST)) {
            assertThat(before.get(HOST, "/").status()).isEqualTo(200);
            Instant start = Instant.now().minus(Duration.ofMinutes(1));
            Instant until = start.plus(Duration.ofDays(1));
            gateway.policy.halted(HOST, new Halt(start, until, Optional.empty(), 7));
            gateway.enforce();

            assertThat(before.get(HOST, "/").status()).isEqualTo(503);
            try (RawClient after = gateway.client(HOST)) {
                assertThat(after.get(HOST, "/").body()).contains("halted");
            }
        }
    }

    @Test
    void aStalePolicyFailsClosedWithItsReason() throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, "/").status()).isEqualTo(200);
            gateway.clock.updateAndGet(now -> now.plus(Duration.ofDays(365)));
            Reply reply = client.get(HOST, "/");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body()).contains("stale");
        }
    }

    @Test
    void aGatewayThatIsTrustedNoMoreFailsClosedWithItsReasonAtWhateverTime() throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, "/").status()).isEqualTo(200);
            Grounds good = Grounds.fulfilled();
            gateway.policy.on(
                    new Grounds(
                            good.beats(),
                            Ending.already(Ending.Cause.MEASUREMENT_REVOKED),
                            good.early()));
            gateway.enforce();
            gateway.clock.set(Instant.EPOCH);
            Reply reply = client.get(HOST, "/");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body()).contains("the gateway's measurement was revoked");
            assertThat(origin.heads).hasSize(1);
            gateway.policy.on(good);
            gateway.enforce();
            assertThat(client.get(HOST, "/").status()).isEqualTo(200);
        }
    }

    @Test
    void losingACertificateDoesNotChangeWhatAnOpenConnectionIsServed() throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            gateway.serving.clear();

            assertThat(client.get(HOST, "/").body()).isEqualTo("hello");
            assertThatThrownBy(() -> gateway.client(HOST)).hasMessageContaining("internal_error");
        }
    }
}
