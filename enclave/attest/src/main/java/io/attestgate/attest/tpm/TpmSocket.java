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

/**
 * A TPM behind a Unix socket that carries plain commands, as a software TPM offers it.
 *
 * <p>There is no resource manager behind it, so what we load stays until we flush it.
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
        ByteBuffer out = ByteBuffer.wrap(command);
        while (out.hasRemaining()) { // A command is smaller than any socket's buffer.
            int written = socket.write(out);
            assert written >= 0;
        }
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
            if (selector.select(WAIT_MAX.toMillis()) == 0) {
                throw new SocketTimeoutException("answer: none within " + WAIT_MAX);
            }
            selector.selectedKeys().clear();
            if (socket.read(in) < 0) {
                throw new EOFException("answer: the TPM closed the connection");
            }
        }
        return in.array();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        socket.close();
    }
}
