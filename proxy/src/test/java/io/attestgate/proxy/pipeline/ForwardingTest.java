package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.proxy.pipeline.RequestObserver.Answerer;
import io.attestgate.proxy.pipeline.RequestObserver.Ended;
import io.attestgate.proxy.pipeline.RequestObserver.Ending;
import io.attestgate.proxy.upstream.UpstreamFault.Source;
import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
    private static final String HOST = "app.localhost";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What an origin that echoes says to a request with these fields. */
    private static String seen(String request) throws Exception {
        try (Origin origin = Origin.echoing();
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            return client.send(request).reply().body();
        }
    }

    @Test
    void fieldsOfOneHopGoNoFurther() throws Exception {
        String seen =
                seen(
                        """
                        GET / HTTP/1.1\r
                        Host: app.localhost\r
                        Connection: keep-alive, X-Mine\r
                        X-Mine: 1\r
                        Keep-Alive: 1\r
                        Proxy-Connection: keep-alive\r
                        Proxy-Authorization: Basic YQ==\r
                        TE: trailers, gzip\r
                        Upgrade: h2c\r
                        HTTP2-Settings: AAMAAABkAAQAAP__\r
                        X-Theirs: 2\r
                        \r
                        """);

        assertThat(seen)
                .contains("x-theirs: 2\n")
                .contains("te: trailers\n")
                .doesNotContain("x-mine", "keep-alive", "proxy-", "upgrade", "settings", "gzip");
    }

    @Test
    void whatAClientSaysAboutItsOriginIsReplacedByWhatWeSaw() throws Exception {
        String seen =
                seen(
                        """
                        GET / HTTP/1.1\r
                        Host: app.localhost\r
                        Forwarded: for=6.6.6.6\r
                        X-Forwarded-For: 6.6.6.6\r
                        X-Forwarded-Prefix: /evil\r
                        X-Real-IP: 6.6.6.6\r
                        \r
                        """);

        assertThat(seen)
                .contains("forwarded: for=127.0.0.1;host=\"app.localhost\";proto=https\n")
                .contains("x-forwarded-for: 127.0.0.1\n")
                .contains("x-forwarded-host: app.localhost\n")
                .contains("x-forwarded-proto: https\n")
                .contains("via: 1.1 attestgate\n")
                .doesNotContain("6.6.6.6", "/evil");
    }

    @Test
    void anAbsoluteTargetIsForwardedAsAPath() throws Exception {
        assertThat(seen("GET https://app.localhost/a?b HTTP/1.1\r\nHost: app.localhost\r\n\r\n"))
                .startsWith("GET /a?b HTTP/1.1\n");
    }

    @Test
    void optionsOfTheServerAsAWholeIsAnsweredHere() throws Exception {
        try (Origin origin = Origin.echoing();
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            client.send("OPTIONS * HTTP/1.1\r\nHost: app.localhost\r\n\r\n");

            assertThat(client.reply().status()).isEqualTo(204);
            assertThat(origin.heads).isEmpty();
        }
    }

    @Test
    void theAnswerToHeadHasALengthAndNoBody() throws Exception {
        try (Origin origin =
                        Origin.open(
                                (head, in, out) ->
                                        out.write(
                                                bytes(
                                                        "HTTP/1.1 200 OK\r\n"
                                                                + "Content-Length: 99\r\n\r\n")));
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            for (int i = 0; i < 2; i++) {
                client.send("HEAD / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
                Reply reply = client.replyToHead();

                assertThat(reply.first("content-length")).contains("99");
            }
            assertThat(origin.connections).hasValue(1);
        }
    }

    @Test
    void trailersPassBothWays() throws Exception {
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    String body =
                                            new String(
                                                    in.readNBytes(27), StandardCharsets.US_ASCII);
                                    out.write(
                                            bytes(
                                                    "HTTP/1.1 200 OK\r\nTransfer-Encoding:"
                                                            + " chunked\r\n\r\n"
                                                            + Integer.toHexString(body.length())
                                                            + "\r\n"
                                                            + body
                                                            + "\r\n0\r\nX-Sum: 7\r\n\r\n"));
                                });
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: app.localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "5\r\nhello\r\n0\r\nX-Check: 1\r\n\r\n");
            Reply reply = client.reply();

            assertThat(reply.body()).isEqualTo("5\r\nhello\r\n0\r\nx-check: 1\r\n\r\n");
            assertThat(reply.trailers()).containsExactly("x-sum: 7");
        }
    }

    @Test
    void interimAnswersPassAndContinueIsOurs() throws Exception {
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    assertThat(head).doesNotContain("expect:");
                                    out.write(
                                            bytes(
                                                    "HTTP/1.1 103 Early Hints\r\n"
                                                            + "Link: </a>\r\n\r\n"));
                                    out.write(
                                            Origin.ok(
                                                    new String(
                                                            Origin.body(head, in),
                                                            StandardCharsets.US_ASCII)));
                                });
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: app.localhost\r\nExpect: 100-continue\r\n"
                            + "Content-Length: 5\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(100);
            client.send("hello");
            assertThat(client.reply().status()).isEqualTo(103);
            assertThat(client.reply().body()).isEqualTo("hello");
        }
    }

    @Test
    void anHttp10ClientGetsAnAnswerThatEndsWithTheConnection() throws Exception {
        try (Origin origin =
                        Origin.open(
                                (head, in, out) ->
                                        out.write(
                                                bytes(
                                                        "HTTP/1.1 200 OK\r\n"
                                                            + "Transfer-Encoding: chunked\r\n\r\n"
                                                            + "2\r\n"
                                                            + "hi\r\n"
                                                            + "0\r\n\r\n")));
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            client.send("GET / HTTP/1.0\r\nHost: app.localhost\r\n\r\n");
            Reply reply = client.reply();

            assertThat(reply.first("transfer-encoding")).isEmpty();
            assertThat(reply.body()).isEqualTo("hi");
        }
    }

    @Test
    void anAnswerToTheEndOfTheConnectionArrivesWhole() throws Exception {
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    out.write(bytes("HTTP/1.1 200 OK\r\n\r\nhello"));
                                    throw new EOFException("done");
                                });
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, "/").body()).isEqualTo("hello");
        }
    }

    @Test
    void anUpstreamThatRefusesConnectionsIs502() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        try (Running gateway = Running.open().serve(HOST, closed);
                RawClient client = gateway.client(HOST)) {
            Reply reply = client.get(HOST, "/");

            assertThat(reply.status()).isEqualTo(502);
            assertThat(reply.body()).contains("upstream");
            assertThat(Observed.next(gateway.observed.faults).source()).isEqualTo(Source.CONNECT);
            assertThat(Observed.next(gateway.observed.requests).answerer())
                    .isEqualTo(Answerer.GATEWAY);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 999 No\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
                "HTTP/1.1 200 OK\r\n"
                        + "Content-Length: 1\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
            })
    void anUpstreamThatDoesNotAnswerInHttpIs502(String answer) throws Exception {
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    out.write(bytes(answer));
                                    throw new EOFException("done");
                                });
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, "/").status()).isEqualTo(502);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nX\r\n"
            })
    void anAnswerThatBreaksOffNeverLooksWhole(String answer) throws Exception {
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    out.write(bytes(answer));
                                    throw new EOFException("done");
                                });
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> client.get(HOST, "/"))
                    .isInstanceOf(IOException.class);
            assertThat(Observed.next(gateway.observed.requests).ending()).isEqualTo(Ending.CUT);
        }
    }

    @Test
    void aWornConnectionIsReplacedWithoutTheClientSeeing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    if (asked.incrementAndGet() % 2 == 0) {
                                        throw new EOFException("kept alive, and then not");
                                    }
                                    out.write(Origin.ok("hello"));
                                });
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, "/").body()).isEqualTo("hello");
            assertThat(client.get(HOST, "/").body()).isEqualTo("hello");
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void aPostIsNeverSentTwice() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    if (asked.incrementAndGet() > 1) {
                                        throw new EOFException("kept alive, and then not");
                                    }
                                    Origin.body(head, in);
                                    out.write(Origin.ok("hello"));
                                });
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            String post = "POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 1\r\n\r\na";
            assertThat(client.send(post).reply().status()).isEqualTo(200);
            assertThat(client.send(post).reply().status()).isEqualTo(502);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void anUpstreamThatDoesNotAnswerInTimeIs504() throws Exception {
        try (Origin origin = Origin.open((head, in, out) -> in.read());
                Running gateway = Running.open().certify(HOST)) {
            gateway.policy.host(
                    HOST,
                    origin.port(),
                    ",\"timeouts\":{\"firstByte\":\"300ms\"},\"retries\":{\"attempts\":0}");
            gateway.enforce();
            try (RawClient client = gateway.client(HOST)) {
                assertThat(client.get(HOST, "/").status()).isEqualTo(504);
                assertThat(Observed.next(gateway.observed.faults).source())
                        .isEqualTo(Source.FIRST_BYTE_TIMEOUT);
            }
        }
    }

    @Test
    void aBodyLongerThanThePolicyAllowsIs413AndIsNotAskedFor() throws Exception {
        try (Origin origin = Origin.echoing();
                Running gateway = Running.open().certify(HOST)) {
            gateway.policy.host(HOST, origin.port(), ",\"limits\":{\"requestBody\":\"4B\"}");
            gateway.enforce();
            try (RawClient client = gateway.client(HOST)) {
                client.send(
                        "POST / HTTP/1.1\r\nHost: app.localhost\r\nExpect: 100-continue\r\n"
                                + "Content-Length: 5\r\n\r\n");
                assertThat(client.reply().status()).isEqualTo(413);
                assertThat(origin.heads).isEmpty();
            }
            try (RawClient client = gateway.client(HOST)) {
                client.send(
                        "POST / HTTP/1.1\r\n"
                                + "Host: app.localhost\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + "5\r\n"
                                + "hello\r\n"
                                + "0\r\n\r\n");
                assertThat(client.reply().status()).isEqualTo(413);
            }
        }
    }

    @Test
    void aClientThatGoesAwayEndsTheUpstreamsWork() throws Exception {
        java.util.concurrent.CountDownLatch ended = new java.util.concurrent.CountDownLatch(1);
        try (Origin origin =
                        Origin.open(
                                (head, in, out) -> {
                                    if (in.read() < 0) {
                                        ended.countDown();
                                        throw new EOFException("gone");
                                    }
                                });
                Running gateway = Running.open().serve(HOST, origin.port())) {
            try (RawClient client = gateway.client(HOST)) {
                client.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
                assertThat(Observed.next(origin.heads)).startsWith("GET /");
            }
            Ended request = Observed.next(gateway.observed.requests);

            assertThat(request.ending()).isEqualTo(Ending.CLIENT_GONE);
            assertThat(ended.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void theObserverIsToldTheFieldsAsTheClientSentThemAndNotWhatWeAdd() throws Exception {
        try (Origin origin = Origin.echoing();
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            client.send(
                            """
                            GET / HTTP/1.1\r
                            Host: app.localhost\r
                            X-Forwarded-For: 6.6.6.6\r
                            \r
                            """)
                    .reply();

            assertThat(Observed.next(gateway.observed.requests).fields())
                    .isEqualTo(Map.of("x-forwarded-for", "6.6.6.6"));
        }
    }
}
