package io.attestgate.client.connect;

import io.attestgate.peer.ServerTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A TLS server on loopback that plays one scripted answer to each connection, after the request's
 * head arrived.
 */
public final class TestEndpoint implements AutoCloseable {
    private final ServerSocket listener;
    private final SSLSocketFactory tls;
    private final Script script;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** What one connection is answered. */
    public interface Script {
        /**
         * Writes the answer.
         *
         * @param request the head of the request
         * @param end counted down when the test is over, for those who want to be slow
         */
        void answer(String request, OutputStream out, CountDownLatch end)
                throws IOException, InterruptedException;
    }

    private TestEndpoint(ServerSocket listener, SSLSocketFactory tls, Script script) {
        this.listener = listener;
        this.tls = tls;
        this.script = script;
    }

    public static TestEndpoint start(KeyPair key, X509Certificate certificate, Script script)
            throws IOException {
        ServerSocket listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        TestEndpoint endpoint =
                new TestEndpoint(
                        listener,
                        ServerTls.of(key.getPrivate(), List.of(certificate)).getSocketFactory(),
                        script);
        Thread.ofVirtual().start(endpoint::acceptAll);
        return endpoint;
    }

    /** A script that sends these bytes. */
    public static Script says(String answer) {
        return (request, out, end) -> out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closing) {
                return;
            }
        }
    }

    private void serve(Socket transport) {
        try (SSLSocket socket = (SSLSocket) tls.createSocket(transport, null, true)) {
            script.answer(head(socket), socket.getOutputStream(), closed);
        } catch (IOException | InterruptedException gone) {
            // A client that had enough is what many a test is about.
        }
    }

    private static String head(SSLSocket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("no request");
            }
            head.append((char) b);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listener.close();
    }
}
