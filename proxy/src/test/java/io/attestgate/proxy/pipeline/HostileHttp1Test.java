package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.proxy.http.HttpLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no request, or could be read as two, never reaches an upstream. */
class HostileHttp1Test {
    private static final String HOST = "app.localhost";

    private Origin origin;
    private Running gateway;

    @BeforeEach
    void open() throws IOException {
        HttpLimits usual = HttpLimits.DEFAULT;
        HttpLimits hasty =
                new HttpLimits(
                        usual.targetBytesMax(),
                        usual.headBytesMax(),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        usual.streamsMax());
        origin = Origin.echoing();
        gateway = Running.open(hasty).serve(HOST, origin.port());
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    static Stream<Arguments> whatIsNoRequest() {
        String host = "Host: app.localhost\r\n";
        return Stream.of(
                Arguments.of(400, "GET / HTTP/1.1\n" + host + "\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\n" + host + "A: b\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\n" + host + "A: b\rc\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\n" + host + "A: b\0c\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\n" + host + "A : b\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\n" + host + ": b\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\n" + host + "A: b\r\n c\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\n" + host + "A\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\n" + host + host + "\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\nHost: u@app.localhost\r\n\r\n"),
                Arguments.of(400, "GET / HTTP/1.1\r\nHost: \r\n\r\n"),
                Arguments.of(400, "GET  / HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(400, "GET /a b HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(400, "GET /a#b HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(400, "GET /\u00e9 HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(400, "GET / HTTP/2.0\r\n" + host + "\r\n"),
                Arguments.of(400, "GET / HTTP/1.12\r\n" + host + "\r\n"),
                Arguments.of(400, "GET /\r\n" + host + "\r\n"),
                Arguments.of(400, "G@T / HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(400, "GET * HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(400, "GET http://app.localhost/ HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(400, "GET https://b.localhost/ HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(405, "CONNECT app.localhost:443 HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(405, "TRACE / HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(
                        400,
                        "POST / HTTP/1.1\r\n"
                                + host
                                + "Content-Length: 3\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n"
                                + "0\r\n\r\n"),
                Arguments.of(400, post(host, "Content-Length: 3\r\nContent-Length: 3\r\n", "abc")),
                Arguments.of(400, post(host, "Content-Length: 3, 3\r\n", "abc")),
                Arguments.of(400, post(host, "Content-Length: +3\r\n", "abc")),
                Arguments.of(400, post(host, "Content-Length: -3\r\n", "abc")),
                Arguments.of(400, post(host, "Content-Length: 0x3\r\n", "abc")),
                Arguments.of(400, post(host, "Content-Length: 99999999999999999999\r\n", "abc")),
                Arguments.of(400, post(host, "Content-Length: \r\n", "abc")),
                Arguments.of(501, post(host, "Transfer-Encoding: gzip, chunked\r\n", "")),
                Arguments.of(501, post(host, "Transfer-Encoding: chunked, chunked\r\n", "")),
                Arguments.of(501, post(host, "Transfer-Encoding: xchunked\r\n", "")),
                Arguments.of(
                        501,
                        post(
                                host,
                                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                                "")),
                Arguments.of(414, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + host + "\r\n"),
                Arguments.of(
                        431,
                        "GET / HTTP/1.1\r\n" + host + "A: " + "a".repeat(70_000) + "\r\n\r\n"));
    }

    private static String post(String host, String fields, String body) {
        return "POST / HTTP/1.1\r\n" + host + fields + "\r\n" + body;
    }

    @ParameterizedTest
    @MethodSource("whatIsNoRequest")
    void whatIsNoRequestIsRefusedAndEndsTheConnection(int status, String bytes) throws Exception {
        try (RawClient client = gateway.client(HOST)) {
            Reply reply = client.send(bytes).reply();

            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.first("connection")).contains("close");
            assertThat(client.isEnded()).isTrue();
        }
        assertThat(origin.heads).isEmpty();
        assertThat(Observed.next(gateway.observed.requests).status()).isEqualTo(status);
    }

    static Stream<String> brokenChunks() {
        return Stream.of(
                "5\nhello\r\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhelloX\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "-5\r\nhello\r\n0\r\n\r\n",
                " 5\r\nhello\r\n0\r\n\r\n",
                "5 x\0\r\nhello\r\n0\r\n\r\n",
                "g\r\nhello\r\n0\r\n\r\n",
                "\r\nhello\r\n0\r\n\r\n",
                "1000000000000000\r\nhello",
                "5;" + "a".repeat(300) + "\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\r\nA : b\r\n\r\n",
                "5\r\nhello\r\n0\r\nA: " + "b".repeat(9000) + "\r\n\r\n");
    }

    @ParameterizedTest
    @MethodSource("brokenChunks")
    void aBrokenChunkedBodyIsRefusedAndTheUpstreamDoesNotSeeItEnd(String body) throws Exception {
        try (RawClient client = gateway.client(HOST)) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: app.localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + body);

            assertThat(client.reply().status()).isEqualTo(400);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aHeadThatDripsIsRefusedInTime() throws Exception {
        try (RawClient client = gateway.client(HOST)) {
            client.send("GET / HTT");

            assertThat(client.reply().status()).isEqualTo(408);
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        try (RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, "/").status()).isEqualTo(200);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void aBodyThatDoesNotComeIsRefusedInTime() throws Exception {
        try (RawClient client = gateway.client(HOST)) {
            client.send("POST / HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 10\r\n\r\nabc");

            assertThat(client.reply().status()).isEqualTo(408);
        }
    }

    @Test
    void whatFollowsABodyIsTheNextRequestAndNotPartOfTheFirst() throws Exception {
        try (RawClient client = gateway.client(HOST)) {
            client.send(
                    "POST /one HTTP/1.1\r\nHost: app.localhost\r\nContent-Length: 3\r\n\r\nabc"
                            + "GET /two HTTP/1.1\r\nHost: app.localhost\r\n\r\n");

            assertThat(client.reply().body()).startsWith("POST /one").endsWith("abc");
            assertThat(client.reply().body()).startsWith("GET /two");
        }
    }
}
