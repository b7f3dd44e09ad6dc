package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TunnelTest {
    private static final String HOST = "app.localhost";
    private static final String UPGRADE =
            """
            GET /chat HTTP/1.1\r
            Host: app.localhost\r
            Connection: keep-alive, Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            \r
            """;

    /** Accepts the upgrade and says everything back, until it is told to stop. */
    private static void echo(String head, InputStream in, OutputStream out) throws IOException {
        assertThat(head)
                .contains("connection: upgrade\n")
                .contains("upgrade: websocket\n")
                .contains("sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\n");
        echoAnyKey(head, in, out);
    }

    /** The same for a client whose key the gateway made: HTTP/2 has none. */
    static void echoAnyKey(String head, InputStream in, OutputStream out) throws IOException {
        assertThat(head).contains("sec-websocket-key: ");
        out.write(
                """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
                \r
                """
                        .getBytes(StandardCharsets.US_ASCII));
        for (int c = in.read(); c >= 0 && c != '!'; c = in.read()) {
            out.write(c);
        }
        throw new EOFException("done");
    }

    @Test
    void aWebSocketIsATunnelInBothDirections() throws Exception {
        try (Origin origin = Origin.open(TunnelTest::echo);
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            client.send(UPGRADE + "early");
            Reply reply = client.reply();

            assertThat(reply.status()).isEqualTo(101);
            assertThat(reply.first("connection")).contains("upgrade");
            assertThat(reply.first("upgrade")).contains("websocket");
            assertThat(reply.first("sec-websocket-accept"))
                    .contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(new String(client.in().readNBytes(5), StandardCharsets.US_ASCII))
                    .isEqualTo("early");
            client.send("more");
            assertThat(new String(client.in().readNBytes(4), StandardCharsets.US_ASCII))
                    .isEqualTo("more");
            client.send("!");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void anUpgradeThatTheUpstreamRefusesIsAnOrdinaryAnswer() throws Exception {
        try (Origin origin =
                        Origin.open(
                                (head, in, out) ->
                                        out.write(
                                                "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"
                                                        .getBytes(StandardCharsets.US_ASCII)));
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            Reply reply = client.send(UPGRADE).reply();

            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.body()).isEqualTo("no");
            assertThat(client.get(HOST, "/").status()).isEqualTo(403);
        }
    }

    @Test
    void aTunnelWhoseClientGoesEndsAtTheUpstream() throws Exception {
        java.util.concurrent.CountDownLatch ended = new java.util.concurrent.CountDownLatch(1);
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    try {
                                        echo(head, in, out);
                                    } finally {
                                        ended.countDown();
                                    }
                                });
                Running gateway = Running.open().serve(HOST, origin.port())) {
            try (RawClient client = gateway.client(HOST)) {
                assertThat(client.send(UPGRADE).reply().status()).isEqualTo(101);
            }
            assertThat(ended.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        }
    }
}
