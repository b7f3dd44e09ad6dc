package io.attestgate.collateral.http;

import static io.attestgate.collateral.http.AskedServer.NOW;
import static io.attestgate.collateral.http.AskedServer.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.collateral.PlayedServer;
import io.attestgate.collateral.http.FetchException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service, or whoever is between, sends instead of an answer. */
final class HostileServiceTest {
    private static final Instant MONTH = NOW.plus(Duration.ofDays(30));

    private final AskedServer asked = AskedServer.open();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        asked.close();
    }

    @Test
    void moreBytesThanTheLimitAreNotTaken() {
        asked.server.on(PATH, new byte[Limits.DEFAULT.answerBytesMax() + 1]);
        assertThat(asked.failure().kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(asked.requests()).isEqualTo(1);
    }

    @Test
    void anEndlessBodyIsCutOff() {
        asked.server.on(
                PATH,
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    OutputStream out = exchange.getResponseBody();
                    while (end.getCount() > 0) {
                        out.write(new byte[64 * 1024]);
                    }
                });
        assertThat(asked.failure().kind()).isEqualTo(Kind.TOO_LARGE);
    }

    @Test
    void aCompressedAnswerIsNotUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[8 * 1024 * 1024]);
        }
        asked.server.on(
                PATH,
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                    PlayedServer.send(exchange, 200, packed.toByteArray());
                });
        assertThat(asked.failure().kind()).isEqualTo(Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsFollowedNowhere(int status) {
        asked.server.on(
                PATH,
                exchange -> {
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    PlayedServer.send(exchange, status, new byte[0]);
                });
        asked.server.on("/elsewhere", MONTH.toString().getBytes(StandardCharsets.UTF_8));
        assertThat(asked.failure().kind()).isEqualTo(Kind.REFUSED);
        assertThat(asked.server.count("/elsewhere")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"404, ABSENT", "410, ABSENT", "400, REFUSED", "401, REFUSED", "204, REFUSED"})
    void aStatusThatIsNoAnswerIsNotAskedAgain(int status, Kind kind) {
        asked.server.status(PATH, status);
        assertThat(asked.failure().kind()).isEqualTo(kind);
        assertThat(asked.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void aStatusThatMayPassIsAskedThreeTimesAndNoMore(int status) {
        asked.server.status(PATH, status);
        assertThat(asked.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(asked.requests()).isEqualTo(3);
        assertThat(asked.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @Test
    void aSecondAttemptThatSucceedsIsAnAnswer() throws Exception {
        asked.server.on(
                PATH,
                exchange -> {
                    asked.answersUntil(MONTH);
                    exchange.getResponseHeaders().set("Retry-After", "7");
                    PlayedServer.send(exchange, 429, new byte[0]);
                });
        assertThat(asked.ask().until()).isEqualTo(MONTH);
        assertThat(asked.pauses).containsExactly(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "999999999999999999999", "Fri, 1 Jan 2100 00:00:00 GMT"})
    void whoAsksToWaitTooLongIsNotWaitedFor(String retryAfter) {
        limited(retryAfter);
        assertThat(asked.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(asked.requests()).isEqualTo(1);
        assertThat(asked.pauses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "soon", "", "1e9", "0x10"})
    void whoSaysNothingSensibleIsAskedAtOurOwnPace(String retryAfter) {
        limited(retryAfter);
        assertThat(asked.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(asked.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    private void limited(String retryAfter) {
        asked.server.on(
                PATH,
                exchange -> {
                    exchange.getResponseHeaders().set("Retry-After", retryAfter);
                    PlayedServer.send(exchange, 429, new byte[0]);
                });
    }

    @Test
    void aServiceThatSaysNothingIsGivenUp() {
        try (AskedServer hasty = hasty()) {
            hasty.server.on(PATH, exchange -> awaitEnd());
            assertThat(hasty.failure().kind()).isEqualTo(Kind.TIMED_OUT);
        }
    }

    @Test
    void aBodyThatDripsIsGivenUp() {
        try (AskedServer hasty = hasty()) {
            hasty.server.on(
                    PATH,
                    exchange -> {
                        exchange.sendResponseHeaders(200, 1000);
                        exchange.getResponseBody().write('2');
                        exchange.getResponseBody().flush();
                        awaitEnd();
                    });
            assertThat(hasty.failure().kind()).isEqualTo(Kind.TIMED_OUT);
        }
    }

    @Test
    void anAnswerCutShortIsNone() {
        asked.server.on(
                PATH,
                exchange -> {
                    exchange.sendResponseHeaders(200, 1000);
                    exchange.getResponseBody().write('2');
                });
        assertThat(asked.failure().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void nobodyThereIsUnreachable() {
        asked.server.close();
        assertThat(asked.failure().kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(asked.pauses).hasSize(2);
    }

    @Test
    void manySlowAnswersTogetherHaveAnEnd() throws IOException {
        try (AskedServer slow = AskedServer.threaded()) {
            slow.server.on(PATH, exchange -> awaitEnd());
            try {
                Answer answer = Deadline.in(Duration.ofMillis(50)).one(slow.cache, slow.question());
                throw new AssertionError(answer.until().toString());
            } catch (FetchException e) {
                assertThat(e.kind()).isEqualTo(Kind.TIMED_OUT);
            }
        }
    }

    private static AskedServer hasty() {
        return AskedServer.with(Limits.DEFAULT.withRequestTime(Duration.ofMillis(50)));
    }

    private void awaitEnd() {
        try {
            assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
