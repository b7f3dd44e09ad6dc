package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.ServerTls;
import io.attestgate.proxy.tls.TlsIdentity;
import io.attestgate.proxy.upstream.UpstreamFault.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** TLS towards an upstream: its chain and its name are verified, or nothing is sent. */
class UpstreamTlsTest {
    private static final String HOST = "app.localhost";

    private final TestAuthority authority = new TestAuthority();

    private static ServerSocket listen(TlsIdentity identity) throws IOException {
        return ServerTls.of(identity.key(), identity.chain())
                .getServerSocketFactory()
                .createServerSocket(0, 64, InetAddress.getLoopbackAddress());
    }

    private static Running gateway(int port, X509Certificate root, String serverName)
            throws Exception {
        Running gateway = Running.open().certify(HOST);
        String pem =
                "-----BEGIN CERTIFICATE-----\\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(root.getEncoded())
                                .replace("\n", "\\n")
                        + "\\n-----END CERTIFICATE-----\\n";
        gateway.policy.routes(
                HOST,
                """
                [{"match":{"path":{"prefix":"/"}},"upstreams":[{"url":"https://127.0.0.1:%d",
                  "tls":{"roots":["%s"],"serverName":"%s"}}]}]\
                """
                        .formatted(port, pem, serverName),
                ",\"retries\":{\"attempts\":0}");
        gateway.enforce();
        return gateway;
    }

    private Origin origin(String certifiedName) throws IOException {
        return Origin.open(
                listen(authority.identity(certifiedName)),
                (head, in, out) -> out.write(Origin.ok("over TLS")));
    }

    @Test
    void anUpstreamWithTheRightChainAndNameIsAsked() throws Exception {
        try (Origin origin = origin("inner.example");
                Running gateway = gateway(origin.port(), authority.root(), "inner.example");
                RawClient client = gateway.client(HOST)) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get(HOST, "/").body()).isEqualTo("over TLS");
            }
            assertThat(origin.connections).hasValue(1);
        }
    }

    @Test
    void anUpstreamWithAnotherNameIsNotAsked() throws Exception {
        try (Origin origin = origin("other.example");
                Running gateway = gateway(origin.port(), authority.root(), "inner.example");
                RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, "/").status()).isEqualTo(502);
            assertThat(Observed.next(gateway.observed.faults).source()).isEqualTo(Source.TLS);
            assertThat(origin.heads).isEmpty();
        }
    }

    @Test
    void anUpstreamOfAnotherAuthorityIsNotAsked() throws Exception {
        X509Certificate strangersRoot = new TestAuthority().root();
        try (Origin origin = origin("inner.example");
                Running gateway = gateway(origin.port(), strangersRoot, "inner.example");
                RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, "/").status()).isEqualTo(502);
            assertThat(Observed.next(gateway.observed.faults).source()).isEqualTo(Source.TLS);
            assertThat(origin.heads).isEmpty();
        }
    }
}
