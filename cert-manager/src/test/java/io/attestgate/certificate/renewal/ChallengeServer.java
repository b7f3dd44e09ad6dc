package io.attestgate.certificate.renewal;

import com.sun.net.httpserver.HttpServer;
import io.attestgate.certificate.challenge.Challenges;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Answers both challenges on ports of its own, as the proxy does, from whichever table of answers
 * is set. Its ports stay while keepers come and go.
 */
final class ChallengeServer implements AutoCloseable {
    private final AtomicReference<@Nullable Challenges> answers = new AtomicReference<>();
    private final SSLServerSocket tls;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ChallengeServer(SSLServerSocket tls, HttpServer http) {
        this.tls = tls;
        this.http = http;
    }

    /** On ports that were free. */
    static ChallengeServer open() throws IOException, GeneralSecurityException {
        return open(0, 0);
    }

    static ChallengeServer open(int httpPort, int tlsPort)
            throws IOException, GeneralSecurityException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        HttpServer http = HttpServer.create(new InetSocketAddress(loopback, httpPort), 0);
        AtomicReference<@Nullable ChallengeServer> self = new AtomicReference<>();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new AnswerKeys(self)}, null, null);
        SSLServerSocket tls =
                (SSLServerSocket)
                        context.getServerSocketFactory().createServerSocket(tlsPort, 50, loopback);
        ChallengeServer server = new ChallengeServer(tls, http);
        self.set(server);
        http.setExecutor(server.threads);
        http.createContext("/.well-known/acme-challenge/", server::answerHttp);
        http.start();
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    int tlsPort() {
        return tls.getLocalPort();
    }

    int httpPort() {
        return http.getAddress().getPort();
    }

    void answerFrom(Challenges table) {
        answers.set(table);
    }

    private Optional<Challenges> answers() {
        return Optional.ofNullable(answers.get());
    }

    private void accept() {
        while (!tls.isClosed()) {
            try {
                SSLSocket socket = (SSLSocket) tls.accept();
                threads.execute(() -> handshake(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void handshake(SSLSocket socket) {
        try (socket) {
            socket.setHandshakeApplicationProtocolSelector(
                    (s, offered) -> offered.contains("acme-tls/1") ? "acme-tls/1" : null);
            socket.startHandshake();
            int end = socket.getInputStream().read();
            assert end == -1 : "no application data under acme-tls/1";
        } catch (IOException noAnswer) {
            // The authority sees the failed handshake and says so in its problem document.
        }
    }

    private void answerHttp(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host").split(":", -1)[0];
        String path = exchange.getRequestURI().getPath();
        Optional<String> answer =
                answers()
                        .flatMap(
                                table ->
                                        table.http01(
                                                new Hostname(host),
                                                path.substring(path.lastIndexOf('/') + 1)));
        byte[] body = answer.orElse("").getBytes(StandardCharsets.US_ASCII);
        try (exchange) {
            exchange.sendResponseHeaders(answer.isPresent() ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() throws IOException {
        tls.close();
        http.stop(0);
        threads.shutdownNow();
    }

    /** The key of a handshake is the answer for the name it asks for. */
    private static final class AnswerKeys extends X509ExtendedKeyManager {
        private final AtomicReference<@Nullable ChallengeServer> server;

        AnswerKeys(AtomicReference<@Nullable ChallengeServer> server) {
            this.server = server;
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            if (!(socket instanceof SSLSocket tls)
                    || !(tls.getHandshakeSession() instanceof ExtendedSSLSession session)) {
                return null;
            }
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host && answer(host.getAsciiName()).isPresent()) {
                    return host.getAsciiName();
                }
            }
            return null;
        }

        private Optional<io.attestgate.certificate.challenge.AlpnAnswer> answer(String name) {
            return Optional.ofNullable(server.get())
                    .flatMap(ChallengeServer::answers)
                    .flatMap(table -> table.alpn(new Hostname(name)));
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            return answer(alias)
                    .map(answer -> new X509Certificate[] {answer.certificate()})
                    .orElse(null);
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            return answer(alias).map(a -> a.privateKey()).orElse(null);
        }

        @Override
        public String @Nullable [] getServerAliases(
                String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(
                String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }
    }
}
