package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostileHttp2Test {
    private static final String HOST = "app.localhost";
    private static final int ENHANCE_YOUR_CALM = 11;

    private Origin origin;
    private Running gateway;

    @BeforeEach
    void open() throws IOException {
        origin = Origin.echoing();
        gateway = Running.open().serve(HOST, origin.port());
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    private static String[] request(String method, String path, String... more) {
        List<String> pairs =
                new ArrayList<>(
                        List.of(
                                ":method",
                                method,
                                ":scheme",
                                "https",
                                ":path",
                                path,
                                ":authority",
                                HOST));
        pairs.addAll(List.of(more));
        return pairs.toArray(String[]::new);
    }

    private static RawHttp2 ask(RawHttp2 client, int stream, String... pairs) throws Exception {
        return client.send(
                RawHttp2.HEADERS,
                RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                stream,
                client.fields(stream, pairs));
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT,/,405",
        "TRACE,/,405",
        "GET,*,400",
        "GET,a,400",
        "GET,/a#b,400",
        "GET,/a b,400",
        "G T,/,400",
        "GET,/a/../b,400"
    })
    void whatIsNoRequestIsRefused(String method, String path, String status) throws Exception {
        try (RawHttp2 client = RawHttp2.open(gateway, HOST)) {
            Http2Headers answer = ask(client, 1, request(method, path)).section();

            // CONNECT has no path (RFC 9113 §8.5); Netty may see that before we do.
            assertThat(answer.status().toString()).isEqualTo(status);
            assertThat(origin.heads).isEmpty();
        }
    }

    @Test
    void aRequestForAnotherHostIsMisdirected() throws Exception {
        try (RawHttp2 client = RawHttp2.open(gateway, HOST)) {
            ask(
                    client,
                    1,
                    ":method",
                    "GET",
                    ":scheme",
                    "https",
                    ":path",
                    "/",
                    ":authority",
                    "other.localhost");

            assertThat(client.section().status()).hasToString("421");
        }
    }

    @Test
    void hostThatDisagreesWithAuthorityIsRefused() throws Exception {
        try (RawHttp2 client = RawHttp2.open(gateway, HOST)) {
            assertThat(
                            ask(client, 1, request("GET", "/", "host", "other.localhost"))
                                    .section()
                                    .status())
                    .hasToString("400");
        }
    }

    @Test
    void aValueWithALineBreakResetsTheStream() throws Exception {
        try (RawHttp2 client = RawHttp2.open(gateway, HOST)) {
            ask(client, 1, request("GET", "/", "a", "b\r\nc: d"));

            assertThat(client.next(RawHttp2.RST_STREAM).stream()).isEqualTo(1);
            assertThat(origin.heads).isEmpty();
        }
    }

    @Test
    void crumbsOfACookieBecomeOneField() throws Exception {
        try (RawHttp2 client = RawHttp2.open(gateway, HOST)) {
            ask(client, 1, request("GET", "/", "cookie", "a=b", "cookie", "c=d"));

            assertThat(client.section().status()).hasToString("200");
            assertThat(client.next(RawHttp2.DATA).text()).contains("cookie: a=b; c=d\n");
        }
    }

    @Test
    void whoOpensAndResetsStreamsWithoutEndIsSentAway() throws Exception {
        try (RawHttp2 client = RawHttp2.open(gateway, HOST)) {
            ByteArrayOutputStream flood = new ByteArrayOutputStream();
            for (int stream = 1; stream < 1000; stream += 2) {
                flood.write(
                        RawHttp2.bytes(
                                RawHttp2.HEADERS,
                                RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                                stream,
                                client.fields(stream, request("GET", "/"))));
                flood.write(
                        RawHttp2.bytes(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
            }
            client.sendAll(flood.toByteArray());

            assertThat(client.goAway()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void fieldsBeyondTheLimitAre431() throws Exception {
        try (RawHttp2 client = RawHttp2.open(gateway, HOST)) {
            List<String> many = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                many.addAll(List.of("name" + i, "v".repeat(1000)));
            }
            byte[] fields = client.fields(1, request("GET", "/", many.toArray(String[]::new)));
            for (int from = 0; from < fields.length; from += 16_000) {
                int to = Math.min(fields.length, from + 16_000);
                boolean isFirst = from == 0;
                boolean isLast = to == fields.length;
                client.send(
                        isFirst ? RawHttp2.HEADERS : 9,
                        (isFirst ? RawHttp2.END_STREAM : 0) | (isLast ? RawHttp2.END_HEADERS : 0),
                        1,
                        java.util.Arrays.copyOfRange(fields, from, to));
            }

            assertThat(client.section().status()).hasToString("431");
            assertThat(origin.heads).isEmpty();
        }
    }

    @Test
    void anAnswerBeforeTheEndOfTheRequestEndsTheStreamForBoth() throws Exception {
        try (Origin hasty = Origin.saying("enough");
                Running gateway = Running.open().serve(HOST, hasty.port());
                RawHttp2 client = RawHttp2.open(gateway, HOST)) {
            client.send(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS,
                    1,
                    client.fields(1, request("POST", "/", "content-length", "1000000")));
            client.send(RawHttp2.DATA, 0, 1, new byte[16_000]);

            assertThat(client.section().status()).hasToString("200");
            assertThat(client.next(RawHttp2.DATA).text()).isEqualTo("enough");
            RawHttp2.Frame reset = client.next(RawHttp2.RST_STREAM);
            assertThat(reset.stream()).isEqualTo(1);
            assertThat(reset.payload().getInt(0)).as("NO_ERROR").isZero();
            ask(client, 3, request("GET", "/"));
            assertThat(client.section().status()).hasToString("200");
        }
    }

    @Test
    void aWebSocketRunsOverAnExtendedConnect() throws Exception {
        try (Origin chat = Origin.open(TunnelTest::echoAnyKey);
                Running gateway = Running.open().serve(HOST, chat.port());
                RawHttp2 client = RawHttp2.open(gateway, HOST)) {
            client.send(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS,
                    1,
                    client.fields(
                            1,
                            request(
                                    "CONNECT",
                                    "/chat",
                                    ":protocol",
                                    "websocket",
                                    "sec-websocket-version",
                                    "13")));
            assertThat(client.section().status()).hasToString("200");
            client.send(RawHttp2.DATA, 0, 1, "hello".getBytes(StandardCharsets.US_ASCII));
            StringBuilder heard = new StringBuilder();
            while (heard.length() < 5) {
                heard.append(client.next(RawHttp2.DATA).text());
            }

            assertThat(heard).hasToString("hello");
            assertThat(Observed.next(chat.heads)).startsWith("GET /chat HTTP/1.1\n");
            client.send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[0]);
            RawHttp2.Frame end = client.next(RawHttp2.DATA);
            assertThat(end.flags() & RawHttp2.END_STREAM).isEqualTo(RawHttp2.END_STREAM);
        }
    }
}
