package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies of any size pass in bounded memory, and whoever is slow holds back the other. */
class StreamingTest {
    private static final String HOST = "localhost";
    private static final long MIB = 1024 * 1024;

    /** What a few water marks, windows and kernel buffers come to; no body here is as small. */
    private static final long MEMORY_BYTES_MAX = 48 * MIB;

    private static final byte[] BLOCK = new byte[64 * 1024];

    /** Sends as much as the path says, and answers an upload with how much came. */
    private static Origin origin() throws IOException {
        return Origin.open(
                (head, in, out) -> {
                    if (head.startsWith("GET /")) {
                        long size = Long.parseLong(head.substring(5, head.indexOf(' ', 5)));
                        out.write(
                                ("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                        send(out, size);
                    } else {
                        out.write(Origin.ok(Long.toString(receive(head, in))));
                    }
                });
    }

    private static void send(OutputStream out, long size) throws IOException {
        for (long left = size; left > 0; left -= BLOCK.length) {
            out.write(BLOCK, 0, (int) Math.min(left, BLOCK.length));
        }
    }

    private static long receive(String head, InputStream in) throws IOException {
        long size = Long.parseLong(Origin.field(head, "content-length").orElseThrow());
        byte[] block = new byte[BLOCK.length];
        long received = 0;
        while (received < size) {
            int read = in.read(block, 0, (int) Math.min(block.length, size - received));
            if (read < 0) {
                throw new IOException("the upload ended early");
            }
            received += read;
        }
        return received;
    }

    private static Running gateway(Origin origin) throws IOException {
        Running gateway = Running.open().certify(HOST);
        gateway.policy.host(
                HOST,
                origin.port(),
                ",\"limits\":{\"requestBody\":\"5GiB\",\"responseBody\":\"5GiB\"}");
        gateway.enforce();
        return gateway;
    }

    private static HttpClient client(Running gateway, HttpClient.Version version) {
        return HttpClient.newBuilder()
                .version(version)
                .sslContext(gateway.authority.trusting())
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void aLongBodyPassesBothWaysInBoundedMemory(HttpClient.Version version) throws Exception {
        pass(version, 128 * MIB);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void fourGibibytesPassBothWaysInBoundedMemory(HttpClient.Version version) throws Exception {
        pass(version, 4096 * MIB);
    }

    private static void pass(HttpClient.Version version, long size) throws Exception {
        long before = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
        try (Origin origin = origin();
                Running gateway = gateway(origin);
                HttpClient client = client(gateway, version)) {
            URI root = URI.create("https://localhost:" + gateway.httpsPort() + "/");
            HttpResponse<InputStream> download =
                    client.send(
                            HttpRequest.newBuilder(root.resolve("/" + size)).build(),
                            BodyHandlers.ofInputStream());
            assertThat(download.version()).isEqualTo(version);
            assertThat(count(download.body())).isEqualTo(size);

            HttpRequest upload =
                    HttpRequest.newBuilder(root)
                            .POST(
                                    BodyPublishers.fromPublisher(
                                            BodyPublishers.ofInputStream(() -> new Zeros(size)),
                                            size))
                            .build();
            HttpResponse<String> answer = client.send(upload, BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo(Long.toString(size));
        }
        long grown = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory() - before;
        assertThat(grown).isLessThan(MEMORY_BYTES_MAX);
    }

    private static long count(InputStream in) throws IOException {
        byte[] block = new byte[BLOCK.length];
        long count = 0;
        try (in) {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                count += read;
            }
        }
        return count;
    }

    @Test
    void aClientThatDoesNotReadHoldsBackTheUpstream() throws Exception {
        AtomicLong sent = new AtomicLong();
        CountDownLatch broken = new CountDownLatch(1);
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    out.write(
                                            "HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n"
                                                    .getBytes(StandardCharsets.US_ASCII));
                                    try {
                                        while (true) {
                                            out.write(BLOCK);
                                            sent.addAndGet(BLOCK.length);
                                        }
                                    } finally {
                                        broken.countDown();
                                    }
                                });
                Running gateway = gateway(origin)) {
            try (RawClient client = gateway.client(HOST)) {
                client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(Reply.line(client.in())).contains("200");
                awaitStandstill(sent);

                assertThat(sent.get()).isLessThan(MEMORY_BYTES_MAX);
            }
            // The client's end ends the upstream's work.
            assertThat(broken.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatAnUpstreamSaidBeforeItClosedReachesAClientThatIsSlow() throws Exception {
        int size = 20 * (int) MIB;
        CountDownLatch written = new CountDownLatch(1);
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    out.write(
                                            "HTTP/1.1 200 OK\r\n\r\n"
                                                    .getBytes(StandardCharsets.US_ASCII));
                                    send(out, size);
                                    written.countDown();
                                    throw new IOException("done");
                                });
                Running gateway = gateway(origin);
                RawClient client = gateway.client(HOST)) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            // Long enough for every buffer between the two to be full.
            assertThat(written.await(1, TimeUnit.SECONDS)).isFalse();

            assertThat(client.reply().body()).hasSize(size);
        }
    }

    @Test
    void anUpstreamThatDoesNotReadHoldsBackTheClient() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong sent = new AtomicLong();
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    try {
                                        release.await();
                                    } catch (InterruptedException e) {
                                        throw new IOException(e);
                                    }
                                });
                Running gateway = gateway(origin);
                RawClient client = gateway.client(HOST)) {
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000000\r\n\r\n");
            Thread writer =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            while (true) {
                                                client.send(BLOCK);
                                                sent.addAndGet(BLOCK.length);
                                            }
                                        } catch (IOException closed) {
                                            sent.addAndGet(0);
                                        }
                                    });
            awaitStandstill(sent);

            assertThat(sent.get()).isLessThan(MEMORY_BYTES_MAX);
            client.abort();
            writer.join();
            release.countDown();
        }
    }

    /** Waits until a count that grows has not grown for a while. */
    private static void awaitStandstill(AtomicLong count) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        long before = -1;
        while (count.get() != before || before == 0) {
            before = count.get();
            assertThat(never.await(Duration.ofMillis(400).toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
        }
    }

    /** So many zero bytes. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            left -= count;
            return count;
        }
    }
}
