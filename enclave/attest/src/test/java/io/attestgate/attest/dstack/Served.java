package io.attestgate.attest.dstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/**
 * A server on a Unix socket that answers each POST with the bytes it is told to, true or not, and
 * closes. What is {@code STALLED} it leaves open after them.
 */
final class Served implements AutoCloseable {
    /** An answer's end after which the connection stays open and silent. */
    static final byte[] STALLED = {0, 'S', 'T', 'A', 'L', 'L'};

    private final ServerSocketChannel server;
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final BiFunction<String, byte[], byte[]> answers;

    private Served(ServerSocketChannel server, BiFunction<String, byte[], byte[]> answers) {
        this.server = server;
        this.answers = answers;
    }

    /** Listens there, making the directories. */
    static Served at(Path socket, BiFunction<String, byte[], byte[]> answers) {
        try {
            Files.createDirectories(socket.getParent());
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            Served served = new Served(server.bind(UnixDomainSocketAddress.of(socket)), answers);
            Thread.ofVirtual().start(served::accept);
            return served;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 200 with that body. */
    static byte[] ok(String json) {
        return answer("200 OK", json);
    }

    static byte[] answer(String status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, bytes.length, body)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What was asked for, in order. */
    List<String> paths() {
        return List.copyOf(paths);
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                SocketChannel connection = server.accept();
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            assert !server.isOpen();
        }
    }

    private void serve(SocketChannel connection) {
        try {
            byte[] answer = answer(connection);
            boolean isStalled = endsStalled(answer);
            int size = answer.length - (isStalled ? STALLED.length : 0);
            ByteBuffer left = ByteBuffer.wrap(answer, 0, size);
            while (left.hasRemaining()) {
                int written = connection.write(left);
                assert written >= 0;
            }
            if (!isStalled) {
                connection.close();
            }
        } catch (IOException gone) {
            assert true; // The client had enough.
        }
    }

    private static boolean endsStalled(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1)
                .endsWith(new String(STALLED, StandardCharsets.ISO_8859_1));
    }

    private byte[] answer(SocketChannel connection) throws IOException {
        java.io.InputStream in = Channels.newInputStream(connection);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            head.append((char) next);
        }
        String path = head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP/1.1\r\n"));
        String lower = head.toString().toLowerCase(Locale.ROOT);
        int length =
                Integer.parseInt(lower.replaceAll("(?s).*content-length: ([0-9]+)\r\n.*", "$1"));
        paths.add(path);
        return answers.apply(path, in.readNBytes(length));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : open) {
            connection.close();
        }
    }
}
