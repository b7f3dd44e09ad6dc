package io.attestgate.proxy.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection on which tests write and read bytes, right or wrong. */
final class RawClient implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Socket transport;
    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket transport, Socket socket) throws IOException {
        this.transport = transport;
        this.socket = socket;
        this.in = new java.io.BufferedInputStream(socket.getInputStream(), 64 * 1024);
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    static RawClient plain(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        return new RawClient(socket, socket);
    }

    /** With that name in the ClientHello, and those protocols of TLS and of applications. */
    static RawClient tls(SSLContext context, int port, String sni, String... alpn)
            throws IOException {
        Socket transport = new Socket(InetAddress.getLoopbackAddress(), port);
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory().createSocket(transport, "localhost", port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(sni.isEmpty() ? List.of() : List.of(new SNIHostName(sni)));
        List<String> words = List.of(alpn);
        List<String> versions = words.stream().filter(w -> w.startsWith("TLSv")).toList();
        List<String> protocols = words.stream().filter(w -> !w.startsWith("TLSv")).toList();
        if (!versions.isEmpty()) {
            parameters.setProtocols(versions.toArray(String[]::new));
        }
        parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        socket.setSSLParameters(parameters);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        try {
            socket.startHandshake();
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
        return new RawClient(transport, socket);
    }

    SSLSocket socket() {
        return (SSLSocket) socket;
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** A GET of that path of that host. */
    Reply get(String host, String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").reply();
    }

    /** What comes next, as an answer to anything but HEAD. */
    Reply reply() throws IOException {
        return Reply.read(in, false);
    }

    Reply replyToHead() throws IOException {
        return Reply.read(in, true);
    }

    InputStream in() {
        return in;
    }

    /** Everything up to the end of the connection. */
    String readAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the other end has ended the connection; waits for it. */
    boolean isEnded() {
        try {
            return in.read() < 0;
        } catch (java.net.SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Ends the connection below TLS, while others still use it. */
    void abort() throws IOException {
        transport.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
