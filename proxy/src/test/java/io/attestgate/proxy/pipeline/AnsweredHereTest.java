package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.proxy.respond.LocalAnswer;
import io.attestgate.proxy.respond.LocalRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no upstream is asked for. */
class AnsweredHereTest {
    private static final String HOST = "app.localhost";
    private static final String KEYS = "/.well-known/attestgate/keys";

    @Test
    void localPathsAreAnsweredWithWhatTheConnectionSettled() throws Exception {
        BlockingQueue<LocalRequest> asked = new LinkedBlockingQueue<>();
        try (Origin origin = Origin.saying("hello");
                Running gateway =
                        Running.open(
                                request -> {
                                    asked.add(request);
                                    LocalAnswer answer =
                                            new LocalAnswer(
                                                    429,
                                                    "application/json",
                                                    Map.of("retry-after", "1"),
                                                    "{}".getBytes(StandardCharsets.UTF_8));
                                    return Optional.of(CompletableFuture.supplyAsync(() -> answer));
                                });
                RawClient client = gateway.serve(HOST, origin.port()).client(HOST)) {
            Reply reply = client.get(HOST, KEYS + "?a=b");
            LocalRequest request = Observed.next(asked);

            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.body()).isEqualTo("{}");
            assertThat(reply.first("retry-after")).contains("1");
            assertThat(request.path()).isEqualTo(KEYS);
            assertThat(request.query()).contains("a=b");
            assertThat(request.host().value()).isEqualTo(HOST);
            assertThat(request.connection().spkiSha256())
                    .isEqualTo(gateway.serving(request.host()).orElseThrow().spkiSha256());
            assertThat(origin.heads).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/attestgate/nothing",
                "/%2Ewell-known/attestgate/evidence",
                "/.well-known/%61ttestgate/evidence",
                "/.well-known/attestgate/evidence%2Fx"
            })
    void noSpellingOfALocalPathReachesAnUpstream(String path) throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, path).status()).isEqualTo(404);
            assertThat(origin.heads).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a/../b",
                "/a/%2e%2E/b",
                "/..",
                "/.",
                "/a/./b",
                "/a%00",
                "/a%5cb",
                "/%zz",
                "/a/..;/b"
            })
    void aPathThatTwoReadersReadDifferentlyIsRefused(String path) throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = gateway.client(HOST)) {
            assertThat(client.get(HOST, path).status()).isEqualTo(400);
            assertThat(origin.heads).isEmpty();
        }
    }

    @Test
    void aFailedLocalAnswerIsOurError() throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway =
                        Running.open(
                                request ->
                                        Optional.of(
                                                CompletableFuture.failedFuture(
                                                        new IllegalStateException("no"))));
                RawClient client = gateway.serve(HOST, origin.port()).client(HOST)) {
            assertThat(client.get(HOST, KEYS).status()).isEqualTo(500);
        }
    }

    @Test
    void redirectsRoutesAndHstsAreThePolicys() throws Exception {
        try (Origin origin = Origin.echoing();
                Running gateway = Running.open().certify(HOST)) {
            gateway.policy.routes(
                    HOST,
                    """
                    [{"match":{"path":{"prefix":"/api"},"methods":["GET"]},
                      "upstreams":[{"url":"http://127.0.0.1:%d","upstreamTls":"none-accepted"}],
                      "headers":{"request":{"set":[{"name":"x-set","value":"1"}]},
                                 "response":{"remove":["server"],
                                             "add":[{"name":"x-added","value":"2"}]}}}]\
                    """
                            .formatted(origin.port()),
                    """
                    ,"hsts":{"maxAge":"10s"},
                    "redirects":[{"match":{"path":{"exact":"/old"}},"location":"/api/new","status":301}]\
                    """);
            gateway.enforce();
            try (RawClient client = gateway.client(HOST)) {
                Reply moved = client.get(HOST, "/old");
                Reply found = client.get(HOST, "/api/x");

                assertThat(moved.status()).isEqualTo(301);
                assertThat(moved.first("location")).contains("/api/new");
                assertThat(found.status()).isEqualTo(200);
                assertThat(found.body()).contains("x-set: 1\n");
                assertThat(found.first("x-added")).contains("2");
                assertThat(found.first("strict-transport-security"))
                        .hasValueSatisfying(hsts -> assertThat(hsts).startsWith("max-age=10"));
                assertThat(found.first("date")).isPresent();
                assertThat(client.get(HOST, "/apix").status()).isEqualTo(404);
                assertThat(
                                client.send("POST /api HTTP/1.1\r\nHost: app.localhost\r\n\r\n")
                                        .reply()
                                        .status())
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void port80AnswersChallengesAndSendsKnownHostsToHttps() throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().serve(HOST, origin.port());
                RawClient client = RawClient.plain(gateway.httpPort())) {
            gateway.http01.put("token", "token.thumbprint");

            Reply challenge = client.get(HOST, "/.well-known/acme-challenge/token");
            assertThat(challenge.status()).isEqualTo(200);
            assertThat(challenge.body()).isEqualTo("token.thumbprint");
            assertThat(client.get(HOST, "/.well-known/acme-challenge/other").status())
                    .isEqualTo(404);
            Reply redirect = client.get(HOST, "/a?b");
            assertThat(redirect.status()).isEqualTo(308);
            assertThat(redirect.first("location"))
                    .contains("https://app.localhost:" + gateway.httpsPort() + "/a?b");
            assertThat(client.get("other.localhost", "/").status()).isEqualTo(421);
            assertThat(origin.heads).isEmpty();
        }
    }
}
