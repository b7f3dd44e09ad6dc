package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static Origin waitingFor(CountDownLatch latch) throws IOException {
        return Origin.open(
                (head, in, out) -> {
                    try {
                        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    out.write(Origin.ok("hello"));
                });
    }

    private static CompletableFuture<Boolean> drain(Running gateway) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return gateway.gateway().drain(PATIENCE);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    @Test
    void whatRunsOnHttp11EndsByItselfAndNothingNewBegins() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Origin origin = waitingFor(go);
                Running gateway = Running.open().serve("app.localhost", origin.port());
                RawClient idle = gateway.client("app.localhost");
                RawClient busy = gateway.client("app.localhost")) {
            busy.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(Observed.next(origin.heads)).startsWith("GET /");
            CompletableFuture<Boolean> drained = drain(gateway);

            assertThat(idle.isEnded()).isTrue();
            assertThatThrownBy(() -> gateway.client("app.localhost"))
                    .isInstanceOf(IOException.class);
            go.countDown();
            Reply reply = busy.reply();
            assertThat(reply.body()).isEqualTo("hello");
            assertThat(reply.first("connection")).contains("close");
            assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatRunsOnHttp2EndsByItself() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (Origin origin = waitingFor(go);
                Running gateway = Running.open().serve("localhost", origin.port());
                HttpClient client =
                        HttpClient.newBuilder().sslContext(gateway.authority.trusting()).build()) {
            CompletableFuture<HttpResponse<String>> answer =
                    client.sendAsync(
                            HttpRequest.newBuilder(
                                            URI.create("https://localhost:" + gateway.httpsPort()))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(Observed.next(origin.heads)).startsWith("GET /");
            CompletableFuture<Boolean> drained = drain(gateway);
            go.countDown();

            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("hello");
            assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
