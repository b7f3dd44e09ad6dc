package io.attestgate.attest.dstack;

import io.attestgate.verify.evidence.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * HTTP/1.1 over a Unix socket, as much of it as asking a local agent takes: one POST of JSON per
 * connection, which is closed after the answer (RFC 9112 §9.6).
 *
 * <p>Bounded in bytes by {@link HttpAnswer} and in time by {@code patience}, from the connection to
 * the answer's last byte, however the other side spreads them. Safe for use by several threads.
 */
final class UnixHttp {
    private static final int READ_BYTES = 64 * 1024;

    private final Path socket;
    private final Duration patience;

    UnixHttp(Path socket, Duration patience) {
        this.socket = socket;
        this.patience = patience;
    }

    /**
     * Posts and returns the answer, of whatever status.
     *
     * @throws IOException if nobody listens, the time is up or the thread was interrupted
     * @throws MalformedException if what comes back is no answer, or a larger one than is read
     */
    HttpAnswer post(String path, byte[] json) throws IOException, MalformedException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (Selector selector = Selector.open();
                SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
                do {
                    await(key, SelectionKey.OP_CONNECT, deadline);
                } while (!channel.finishConnect());
            }
            send(channel, key, ByteBuffer.wrap(request(path, json)), deadline);
            return receive(channel, key, deadline);
        }
    }

    private static byte[] request(String path, byte[] json) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(
                """
                POST %s HTTP/1.1\r
                Host: localhost\r
                Connection: close\r
                Accept: application/json\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                """
                        .formatted(path, json.length)
                        .getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(json);
        return request.toByteArray();
    }

    private void send(SocketChannel channel, SelectionKey key, ByteBuffer request, long deadline)
            throws IOException {
        while (request.hasRemaining()) {
            if (channel.write(request) == 0) {
                await(key, SelectionKey.OP_WRITE, deadline);
            }
        }
    }

    private HttpAnswer receive(SocketChannel channel, SelectionKey key, long deadline)
            throws IOException, MalformedException {
        HttpAnswerReader reader = new HttpAnswerReader();
        ByteBuffer bytes = ByteBuffer.allocate(READ_BYTES);
        Optional<HttpAnswer> answer = Optional.empty();
        try {
            while (answer.isEmpty()) {
                await(key, SelectionKey.OP_READ, deadline);
                int read = channel.read(bytes.clear());
                answer = read < 0 ? Optional.of(reader.end()) : reader.take(bytes.flip());
            }
        } finally {
            Arrays.fill(bytes.array(), (byte) 0); // Among what comes are keys.
        }
        return answer.get();
    }

    private void await(SelectionKey key, int operation, long deadline) throws IOException {
        key.interestOps(operation);
        Selector selector = key.selector();
        selector.selectedKeys().clear();
        int ready = 0;
        while (ready == 0) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new IOException("%s: no answer within %s".formatted(socket, patience));
            }
            ready = selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException(socket + ": interrupted");
            }
        }
    }
}
