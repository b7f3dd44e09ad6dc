package io.attestgate.proxy.pipeline;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** An upstream of the tests: what it answers to each request is a script. */
final class Origin implements AutoCloseable {
    /** What it was asked, in order. */
    final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Answers one request, whose head was read; throws to end the connection. */
    @FunctionalInterface
    interface Script {
        void answer(String head, InputStream in, OutputStream out) throws IOException;
    }

    private Origin(ServerSocket server) {
        this.server = server;
    }

    static Origin open(Script script) throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
        return open(server, script);
    }

    /** On a socket of the caller's, which speaks TLS perhaps. */
    static Origin open(ServerSocket server, Script script) {
        Origin origin = new Origin(server);
        origin.threads.execute(() -> origin.accept(script));
        return origin;
    }

    /** Says the same to everybody. */
    static Origin saying(String body) throws IOException {
        return open((head, in, out) -> out.write(ok(body)));
    }

    /** Says what it was asked: the head, and the body if it has a length. */
    static Origin echoing() throws IOException {
        return open(
                (head, in, out) -> {
                    String body = new String(body(head, in), StandardCharsets.ISO_8859_1);
                    out.write(ok(head + body));
                });
    }

    static byte[] ok(String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] body(String head, InputStream in) throws IOException {
        Optional<String> length = field(head, "content-length");
        return length.isPresent() ? in.readNBytes(Integer.parseInt(length.get())) : new byte[0];
    }

    /** The value of a field of a head, whose names are in lower case. */
    static Optional<String> field(String head, String name) {
        return head.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst();
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept(Script script) {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(socket, script));
            }
        } catch (IOException closed) {
            threads.shutdownNow();
        }
    }

    private void serve(Socket socket, Script script) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                StringBuilder head = new StringBuilder();
                String line = Reply.line(in);
                while (!line.isEmpty()) {
                    head.append(line).append('\n');
                    line = Reply.line(in);
                }
                heads.add(head.toString());
                script.answer(head.toString(), in, socket.getOutputStream());
            }
        } catch (IOException ended) {
            // The test, or the gateway, ended the connection.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
