package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class Http2Test {
    private static final String HOST = "localhost";

    private static HttpClient client(Running gateway) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(gateway.authority.trusting())
                .build();
    }

    private static HttpRequest.Builder request(Running gateway, String path) {
        return HttpRequest.newBuilder(
                URI.create("https://localhost:" + gateway.httpsPort() + path));
    }

    @Test
    void aRequestReachesTheUpstreamAsHttp11() throws Exception {
        try (Origin origin = Origin.echoing();
                Running gateway = Running.open().serve(HOST, origin.port());
                HttpClient client = client(gateway)) {
            HttpResponse<String> answer =
                    client.send(
                            request(gateway, "/path?query").header("cookie", "a=b").build(),
                            BodyHandlers.ofString());

            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .startsWith("GET /path?query HTTP/1.1\n")
                    .contains("\nhost: localhost:" + gateway.httpsPort() + "\n")
                    .contains("\nvia: 2 attestgate\n");
        }
    }

    @Test
    void aBodyIsCarriedBothWays() throws Exception {
        String body = "0123456789".repeat(100_000);
        try (Origin origin = bodyEcho();
                Running gateway = Running.open().serve(HOST, origin.port());
                HttpClient client = client(gateway)) {
            HttpResponse<String> answer =
                    client.send(
                            request(gateway, "/").POST(BodyPublishers.ofString(body)).build(),
                            BodyHandlers.ofString());

            assertThat(answer.body()).isEqualTo(body);
        }
    }

    private static Origin bodyEcho() throws IOException {
        return Origin.open(
                (head, in, out) -> {
                    byte[] body = Origin.body(head, in);
                    out.write(
                            ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n")
                                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    out.write(body);
                });
    }

    @Test
    void manyStreamsRunAtOnce() throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().serve(HOST, origin.port());
                HttpClient client = client(gateway)) {
            HttpRequest request = request(gateway, "/").build();
            List<CompletableFuture<HttpResponse<String>>> answers =
                    IntStream.range(0, 100)
                            .mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
                            .toList();

            assertThat(answers).allSatisfy(a -> assertThat(a.get().body()).isEqualTo("hello"));
        }
    }

    @Test
    void chunksOfUnknownLengthArriveWhole() throws Exception {
        try (Origin origin =
                        Origin.open(
                                (head, in, out) ->
                                        out.write(
                                                ("HTTP/1.1 200 OK\r\n"
                                                     + "Transfer-Encoding: chunked\r\n\r\n"
                                                     + "5\r\n"
                                                     + "hello\r\n"
                                                     + "1\r\n"
                                                     + "!\r\n"
                                                     + "0\r\n\r\n")
                                                        .getBytes(
                                                                java.nio.charset.StandardCharsets
                                                                        .US_ASCII)));
                Running gateway = Running.open().serve(HOST, origin.port());
                HttpClient client = client(gateway)) {
            HttpResponse<String> answer =
                    client.send(request(gateway, "/").build(), BodyHandlers.ofString());

            assertThat(answer.body()).isEqualTo("hello!");
            assertThat(answer.headers().firstValue("transfer-encoding")).isEmpty();
        }
    }
}
