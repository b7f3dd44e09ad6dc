package io.attestgate.client.connect;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * A TLS 1.3 connection that nobody vouches for yet.
 *
 * <p>Its context is its own, so no session of another connection is resumed and the certificate
 * seen is the one that this handshake proved. One request, on one thread; {@link #close} may come
 * from another and ends a read at once.
 */
final class EndpointConnection implements AutoCloseable {
    private final Socket transport;
    private final SSLSocket tls;
    private final ChainWitness witness;

    private EndpointConnection(Socket transport, SSLSocket tls, ChainWitness witness) {
        this.transport = transport;
        this.tls = tls;
        this.witness = witness;
    }

    /** Wraps a connected socket, which it then owns; sends nothing. */
    @MustBeClosed
    static EndpointConnection over(
            Socket transport, Hostname host, Optional<Roots> roots, Instant now)
            throws IOException {
        ChainWitness witness = new ChainWitness(roots, now);
        SSLSocket tls =
                (SSLSocket)
                        context(witness)
                                .getSocketFactory()
                                .createSocket(transport, host.value(), transport.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setServerNames(List.of(new SNIHostName(host.value())));
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        return new EndpointConnection(transport, tls, witness);
    }

    private static SSLContext context(ChainWitness witness) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {witness}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform since 11 has TLS 1.3", e);
        }
    }

    /** Shakes hands, which proves that the other end holds the key whose hash is answered. */
    ConnectionFacts handshake() throws IOException {
        tls.startHandshake();
        byte[] spki = tls.getSession().getPeerCertificates()[0].getPublicKey().getEncoded();
        InetSocketAddress address = (InetSocketAddress) transport.getRemoteSocketAddress();
        return new ConnectionFacts(
                address.getAddress().getHostAddress() + ":" + address.getPort(),
                tls.getSession().getProtocol(),
                Hash32.of(Digests.sha256(spki)),
                witness.verdict());
    }

    /** Asks, and reads the answer. */
    Parsed<HttpAnswer> get(EndpointExchange.Request asked) throws IOException {
        String request =
                """
                GET %s HTTP/1.1\r
                Host: %s\r
                Accept: application/json\r
                Accept-Encoding: identity\r
                Connection: close\r
                \r
                """
                        .formatted(asked.target(), asked.endpoint().authority());
        tls.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        tls.getOutputStream().flush();
        return HttpAnswerReader.read(
                new BufferedInputStream(tls.getInputStream()), asked.bodyBytesMax());
    }

    /** Closes the transport under TLS, so that neither a lock nor a slow peer delays it. */
    @Override
    public void close() throws IOException {
        transport.close();
    }
}
