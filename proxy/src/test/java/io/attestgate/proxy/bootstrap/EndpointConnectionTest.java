package io.attestgate.proxy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.attestgate.peer.ServerTls;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.proxy.pipeline.TestAuthority;
import io.attestgate.proxy.tls.TlsIdentity;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EndpointConnectionTest {
    private static final byte[] ANSWER =
            "[{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":\"0x1\"}]".getBytes(StandardCharsets.UTF_8);

    private final TestAuthority authority = new TestAuthority();
    private final TlsIdentity identity = authority.identity("localhost");
    private HttpsServer server;

    @BeforeEach
    void open() throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(ServerTls.of(identity.key(), identity.chain())));
        server.createContext(
                "/",
                exchange -> {
                    boolean isBatch = exchange.getRequestBody().readAllBytes()[0] == '[';
                    byte[] answer =
                            isBatch
                                    ? ANSWER
                                    : java.util.Arrays.copyOfRange(ANSWER, 1, ANSWER.length - 1);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void aKeyThatIsPinnedIsCalled() throws RpcException {
        assertThat(call("localhost", List.of(Hash32.ZERO, identity.spkiSha256()), List.of()))
                .isEqualTo(new Json.Text("0x1"));
        assertThat(call("127.0.0.1", List.of(identity.spkiSha256()), List.of()))
                .isEqualTo(new Json.Text("0x1"));
    }

    @Test
    void anotherKeyIsNotCalledWhateverItsCertificateSays() {
        assertThat(refused("localhost", List.of(Hash32.ZERO), List.of()).kind())
                .isEqualTo(RpcException.Kind.UNREACHABLE);
    }

    @Test
    void aCertificateThatLeadsToARootOfTheFileIsCalled() throws RpcException {
        assertThat(call("localhost", List.of(), List.of(authority.root())))
                .isEqualTo(new Json.Text("0x1"));
    }

    @Test
    void anotherRootAndAnotherHostAreNotCalled() {
        List<X509Certificate> others = List.of(new TestAuthority().root());

        assertThat(refused("localhost", List.of(), others).kind())
                .isEqualTo(RpcException.Kind.UNREACHABLE);
        assertThat(refused("127.0.0.1", List.of(), List.of(authority.root())).kind())
                .isEqualTo(RpcException.Kind.UNREACHABLE);
    }

    private Json call(String host, List<Hash32> pins, List<X509Certificate> roots)
            throws RpcException {
        URI url = URI.create("https://%s:%d/".formatted(host, server.getAddress().getPort()));
        try (JsonRpc rpc = EndpointConnection.open(new RpcEndpoint(url, pins, roots))) {
            return rpc.call("eth_chainId");
        }
    }

    private RpcException refused(String host, List<Hash32> pins, List<X509Certificate> roots) {
        return catchThrowableOfType(RpcException.class, () -> call(host, pins, roots));
    }
}
