package io.attestgate.attest.tpm;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A TPM behind a Unix socket that carries plain commands, as a software TPM offers it.
 *
 * <p>There is no resource manager behind it, so what we load stays until we flush it. An interrupt
 * waits until the answer is here: a command that nobody reads the answer of would give it to the
 * next one.
 */
final class TpmSocket implements TpmTransport {
    /** Longer than any command takes, the making of a key too. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    private static final int HEADER_BYTES = 10;
    private static final int SIZE_AT = 2;

    private final SocketChannel socket;
    private final Selector selector;

    private TpmSocket(SocketChannel socket, Selector selector) {
        this.socket = socket;
        this.selector = selector;
    }

    static TpmSocket open(Path path) throws IOException {
        SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
        try {
            Selector selector = Selector.open();
            SelectionKey key =
                    socket.configureBlocking(false).register(selector, SelectionKey.OP_READ);
            assert key.isValid();
            return new TpmSocket(socket, selector);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public byte[] transmit(byte[] command) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            ByteBuffer out = ByteBuffer.wrap(command);
            while (out.hasRemaining()) { // A command is smaller than any socket's buffer.
                int written = socket.write(out);
                assert written >= 0;
            }
            Answering answering = new Answering(System.nanoTime() + WAIT_MAX.toNanos());
            byte[] answer = answering.whole();
            interrupted |= answering.interrupted;
            return answer;
        } catch (IOException e) {
            socket.close(); // Whatever still comes is no answer to another command.
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The reading of one answer. */
    private final class Answering {
        private final long deadline;
        private boolean interrupted;

        Answering(long deadline) {
            this.deadline = deadline;
        }

        byte[] whole() throws IOException {
            byte[] header = read(HEADER_BYTES);
            int sizeBytes = ByteBuffer.wrap(header).getInt(SIZE_AT);
            if (sizeBytes < HEADER_BYTES || sizeBytes > ANSWER_BYTES_MAX) {
                throw new IOException(
                        "answer: %d bytes (expected: %d to %d)"
                                .formatted(sizeBytes, HEADER_BYTES, ANSWER_BYTES_MAX));
            }
            byte[] rest = read(sizeBytes - HEADER_BYTES);
            return ByteBuffer.allocate(sizeBytes).put(header).put(rest).array();
        }

        private byte[] read(int sizeBytes) throws IOException {
            ByteBuffer in = ByteBuffer.allocate(sizeBytes);
            while (in.hasRemaining()) {
                awaitBytes();
                if (socket.read(in) < 0) {
                    throw new EOFException("answer: the TPM closed the connection");
                }
            }
            return in.array();
        }

        private void awaitBytes() throws IOException {
            while (selector.select(leftMillis()) == 0) {
                interrupted |= Thread.interrupted();
            }
            selector.selectedKeys().clear();
        }

        /** At least one: none would wait for ever. */
        private long leftMillis() throws SocketTimeoutException {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException("answer: none within " + WAIT_MAX);
            }
            return left;
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        socket.close();
    }
}
