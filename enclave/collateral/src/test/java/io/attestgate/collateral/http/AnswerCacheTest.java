package io.attestgate.collateral.http;

import static io.attestgate.collateral.http.AskedServer.NOW;
import static io.attestgate.collateral.http.AskedServer.PATH;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.collateral.PlayedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AnswerCacheTest {
    private static final Instant MONTH = NOW.plus(Duration.ofDays(30));
    private static final Instant LATER = NOW.plus(Duration.ofDays(40));

    private final AskedServer asked = AskedServer.open();

    @AfterEach
    void close() {
        asked.close();
    }

    @Test
    void anAnswerIsAskedForOnce() throws Exception {
        asked.answersUntil(MONTH);
        for (int i = 0; i < 10; i++) {
            assertThat(asked.ask().until()).isEqualTo(MONTH);
        }
        assertThat(asked.requests()).isEqualTo(1);
        assertThat(asked.cache.asked()).isEqualTo(1);
    }

    @Test
    void aDueAnswerServesWhileANewerIsAskedFor() throws Exception {
        asked.answersUntil(MONTH);
        assertThat(asked.ask().until()).isEqualTo(MONTH);
        asked.answersUntil(LATER);
        asked.clock.by(Duration.ofDays(1).minusNanos(1));
        assertThat(asked.ask().until()).isEqualTo(MONTH);
        assertThat(asked.requests()).isEqualTo(1);
        asked.clock.by(Duration.ofNanos(1));
        assertThat(asked.ask().until()).isEqualTo(MONTH);
        assertThat(asked.ask().until()).isEqualTo(LATER);
        assertThat(asked.requests()).isEqualTo(2);
    }

    @Test
    void anAnswerOfAFewHoursIsDueBeforeItEnds() throws Exception {
        asked.answersUntil(NOW.plus(Duration.ofHours(4)));
        assertThat(asked.ask().until()).isBefore(MONTH);
        asked.answersUntil(MONTH);
        asked.clock.by(Duration.ofHours(3));
        assertThat(asked.ask().until()).isBefore(MONTH);
        assertThat(asked.ask().until()).isEqualTo(MONTH);
    }

    @Test
    void whereTheServiceFailsAnAnswerServesUntilItEndsAndNeverAfter() throws Exception {
        asked.answersUntil(MONTH);
        assertThat(asked.ask().until()).isEqualTo(MONTH);
        asked.server.status(PATH, 500);
        asked.clock.to(MONTH.minusNanos(1));
        assertThat(asked.ask().until()).isEqualTo(MONTH);
        asked.clock.to(MONTH);
        assertThat(asked.failure().kind()).isEqualTo(FetchException.Kind.UNAVAILABLE);
    }

    @Test
    void aFailedRenewalIsNotRepeatedWithinAMinute() throws Exception {
        asked.answersUntil(MONTH);
        assertThat(asked.ask().until()).isEqualTo(MONTH);
        asked.server.status(PATH, 404);
        asked.clock.by(Duration.ofDays(2));
        for (int i = 0; i < 10; i++) {
            assertThat(asked.ask().until()).isEqualTo(MONTH);
        }
        assertThat(asked.requests()).isEqualTo(2);
        asked.clock.by(Duration.ofMinutes(1));
        assertThat(asked.ask().until()).isEqualTo(MONTH);
        assertThat(asked.requests()).isEqualTo(3);
    }

    /** Else whoever once slipped in a document of a hundred years would be there for good. */
    @Test
    void aRenewalCountsThoughItEndsEarlier() throws Exception {
        asked.answersUntil(Instant.parse("2126-01-01T00:00:00Z"));
        assertThat(asked.ask().until()).isAfter(LATER);
        asked.answersUntil(MONTH);
        asked.clock.by(Duration.ofDays(1));
        assertThat(asked.ask().until()).isAfter(LATER);
        assertThat(asked.ask().until()).isEqualTo(MONTH);
    }

    /** What a vendor published last is not undone by an older answer that somebody kept. */
    @Test
    void aRenewalDoesNotCountThatIsOlder() throws Exception {
        asked.answers(NOW, MONTH);
        assertThat(asked.ask().issued()).isEqualTo(NOW);
        asked.answers(NOW.minusSeconds(1), LATER);
        asked.clock.by(Duration.ofDays(1));
        assertThat(asked.ask().issued()).isEqualTo(NOW);
        assertThat(asked.ask().issued()).isEqualTo(NOW);
        assertThat(asked.requests()).isEqualTo(2);

        asked.answers(NOW.plusSeconds(1), LATER);
        asked.clock.by(Duration.ofDays(1));
        assertThat(asked.ask().issued()).isEqualTo(NOW);
        assertThat(asked.ask().issued()).isEqualTo(NOW.plusSeconds(1));
        assertThat(asked.requests()).isEqualTo(3);
    }

    @Test
    void anAnswerThatHasEndedIsNone() {
        asked.answersUntil(NOW);
        assertThat(asked.failure().kind()).isEqualTo(FetchException.Kind.STALE);
        assertThat(asked.failure().kind()).isEqualTo(FetchException.Kind.STALE);
        assertThat(asked.requests()).isEqualTo(1);
    }

    @Test
    void anAnswerThatHoldsForAgesIsDueAfterADay() throws Exception {
        asked.answersUntil(Instant.parse("9999-12-31T00:00:00Z"));
        assertThat(asked.ask().until()).isAfter(MONTH);
        asked.clock.by(Duration.ofDays(1));
        assertThat(asked.ask().until()).isAfter(MONTH);
        assertThat(asked.requests()).isEqualTo(2);
    }

    @Test
    void aFailureIsKeptForAMinute() throws Exception {
        asked.server.status(PATH, 404);
        assertThat(asked.failure().kind()).isEqualTo(FetchException.Kind.ABSENT);
        asked.answersUntil(MONTH);
        asked.clock.by(Duration.ofSeconds(59));
        assertThat(asked.failure().kind()).isEqualTo(FetchException.Kind.ABSENT);
        assertThat(asked.requests()).isEqualTo(1);
        asked.clock.by(Duration.ofSeconds(1));
        assertThat(asked.ask().until()).isEqualTo(MONTH);
    }

    @Test
    void aServiceThatWantsToBeLeftAloneIs() throws Exception {
        limited("300");
        assertThat(asked.failure().kind()).isEqualTo(FetchException.Kind.UNAVAILABLE);
        assertThat(asked.requests()).isEqualTo(1);
        asked.answersUntil(MONTH);
        asked.clock.by(Duration.ofSeconds(299));
        assertThat(asked.failure().kind()).isEqualTo(FetchException.Kind.UNAVAILABLE);
        asked.clock.by(Duration.ofSeconds(1));
        assertThat(asked.ask().until()).isEqualTo(MONTH);
    }

    @Test
    void aServiceThatWantsToBeLeftAloneForAYearIsForTenMinutes() throws Exception {
        limited("31536000");
        assertThat(asked.failure().kind()).isEqualTo(FetchException.Kind.UNAVAILABLE);
        asked.answersUntil(MONTH);
        asked.clock.by(Duration.ofMinutes(10));
        assertThat(asked.ask().until()).isEqualTo(MONTH);
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
    void whoAsksTheSameAtOnceWaitsForOneAnswer() throws Exception {
        try (AskedServer threaded = AskedServer.threaded()) {
            CountDownLatch all = new CountDownLatch(1);
            threaded.server.on(
                    PATH,
                    exchange -> {
                        await(all);
                        PlayedServer.send(
                                exchange, 200, MONTH.toString().getBytes(StandardCharsets.UTF_8));
                    });
            List<CompletableFuture<Answer>> waiting = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                waiting.add(threaded.cache.answer(threaded.question()));
            }
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            all.countDown();
            for (CompletableFuture<Answer> one : waiting) {
                assertThat(one.get(30, TimeUnit.SECONDS).until()).isEqualTo(MONTH);
            }
            assertThat(threaded.requests()).isEqualTo(1);
        }
    }

    @Test
    void tooManyQuestionsAtOnceAreNotAsked() throws Exception {
        try (AskedServer threaded = AskedServer.threaded()) {
            CountDownLatch end = new CountDownLatch(1);
            CountDownLatch open = new CountDownLatch(AnswerCache.OPEN_MAX);
            List<CompletableFuture<Answer>> waiting = new ArrayList<>();
            for (int i = 0; i <= AnswerCache.OPEN_MAX; i++) {
                String path = "/" + i;
                threaded.server.on(
                        path,
                        exchange -> {
                            open.countDown();
                            await(end);
                            PlayedServer.send(
                                    exchange,
                                    200,
                                    MONTH.toString().getBytes(StandardCharsets.UTF_8));
                        });
                if (i == AnswerCache.OPEN_MAX) {
                    await(open);
                }
                waiting.add(
                        threaded.cache.answer(
                                Question.get(
                                        threaded.server.service().uri(path),
                                        new AskedServer.Ends())));
            }
            assertThat(waiting.removeLast())
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOfSatisfying(
                            FetchException.class,
                            e -> assertThat(e.kind()).isEqualTo(FetchException.Kind.BUSY));
            end.countDown();
            for (CompletableFuture<Answer> one : waiting) {
                assertThat(one.get(30, TimeUnit.SECONDS).until()).isEqualTo(MONTH);
            }
            Question again =
                    Question.get(
                            threaded.server.service().uri("/" + AnswerCache.OPEN_MAX),
                            new AskedServer.Ends());
            assertThat(threaded.cache.answer(again).get(30, TimeUnit.SECONDS).until())
                    .as("what was not asked for is no failure that is kept")
                    .isEqualTo(MONTH);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
