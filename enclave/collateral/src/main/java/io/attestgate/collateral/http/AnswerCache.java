package io.attestgate.collateral.http;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.attestgate.collateral.http.FetchException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers by their questions, each kept until it ends by its own word and no longer.
 *
 * <p>How it works:
 *
 * <ol>
 *   <li>Who asks what somebody is asking already waits for that one answer.
 *   <li>An answer that is due still serves, while a newer one is asked for aside. If that fails it
 *       serves on, until it ends.
 *   <li>A failure is kept for a minute, or as long as the service asked, at most ten.
 *   <li>What is kept is bounded in bytes, and what is asked at once in number.
 * </ol>
 *
 * Any thread.
 */
public final class AnswerCache {
    /** The documents of some thousand platforms. */
    static final long KEPT_BYTES_MAX = 64L * 1024 * 1024;

    /** Evidence of strangers names what is asked for, so it must not open endless connections. */
    static final int OPEN_MAX = 64;

    /** What a question costs beside its answer: certificates of strangers may be in it. */
    private static final int QUESTION_BYTES = 32 * 1024;

    private final Attempts attempts;
    private final InstantSource clock;
    private final Executor executor;
    private final AsyncCache<Question, Entry> entries;
    private final Set<Question> renewing = ConcurrentHashMap.newKeySet();
    private final Semaphore open = new Semaphore(OPEN_MAX);
    private final AtomicLong asked = new AtomicLong();

    /**
     * @param executor runs what waits for services
     */
    public AnswerCache(
            Exchange exchange, Limits limits, InstantSource clock, Pause pause, Executor executor) {
        this.attempts = new Attempts(exchange, limits, pause);
        this.clock = clock;
        this.executor = executor;
        this.entries =
                Caffeine.newBuilder()
                        .ticker(() -> nanos(clock.instant()))
                        .executor(Runnable::run)
                        .maximumWeight(KEPT_BYTES_MAX)
                        .weigher((Question question, Entry entry) -> weight(entry))
                        .expireAfter(
                                Expiry.writing((Question question, Entry entry) -> left(entry)))
                        .buildAsync();
    }

    /** How many questions went to a service, each with all its attempts; the rest was kept. */
    public long asked() {
        return asked.get();
    }

    /** What is kept, or what the service answers now; fails with a {@link FetchException}. */
    public CompletableFuture<Answer> answer(Question question) {
        return entry(question)
                .thenCompose(
                        entry ->
                                switch (entry) {
                                    case Entry.Kept kept -> kept(question, kept);
                                    case Entry.Failed failed ->
                                            CompletableFuture.failedFuture(failed.failure());
                                });
    }

    /** The cache learns when an entry ends after those who waited for it may ask again. */
    private CompletableFuture<Entry> entry(Question question) {
        CompletableFuture<Entry> entry = entries.get(question, this::asking);
        boolean isOver =
                entry.isDone()
                        && !entry.isCompletedExceptionally()
                        && entry.join() instanceof Entry.Failed failed
                        && !clock.instant().isBefore(failed.endsAt());
        return isOver && entries.asMap().remove(question, entry)
                ? entries.get(question, this::asking)
                : entry;
    }

    private CompletableFuture<Entry> asking(Question question, Executor maintenance) {
        return CompletableFuture.supplyAsync(() -> ask(question), executor);
    }

    private CompletableFuture<Answer> kept(Question question, Entry.Kept kept) {
        Instant now = clock.instant();
        if (!now.isBefore(kept.endsAt())) {
            return CompletableFuture.failedFuture(stale(question, kept.answer()));
        }
        if (kept.isDue(now)) {
            renew(question, kept);
        }
        return CompletableFuture.completedFuture(kept.answer());
    }

    private void renew(Question question, Entry.Kept kept) {
        if (!renewing.add(question)) {
            return;
        }
        try {
            executor.execute(() -> renewed(question, kept));
        } catch (RejectedExecutionException e) {
            renewing.remove(question); // Closed meanwhile: what is kept serves on.
        }
    }

    private void renewed(Question question, Entry.Kept kept) {
        try {
            entries.synchronous().put(question, kept.renewed(ask(question)));
        } finally {
            renewing.remove(question);
        }
    }

    private Entry ask(Question question) {
        try {
            Answer answer = bounded(question);
            Instant now = clock.instant();
            if (!now.isBefore(answer.until())) {
                throw stale(question, answer);
            }
            return Entry.Kept.at(now, answer);
        } catch (FetchException e) {
            return Entry.Failed.at(clock.instant(), e);
        }
    }

    private Answer bounded(Question question) throws FetchException {
        if (!open.tryAcquire()) {
            throw new FetchException(
                    Kind.BUSY,
                    "%s: not asked (expected: at most %d questions at once)"
                            .formatted(question, OPEN_MAX));
        }
        try {
            asked.incrementAndGet();
            return attempts.ask(question);
        } finally {
            open.release();
        }
    }

    private static FetchException stale(Question question, Answer answer) {
        return new FetchException(
                Kind.STALE,
                "%s: until %s (expected: an answer that holds now)"
                        .formatted(question, answer.until()));
    }

    private Duration left(Entry entry) {
        Duration left = Duration.between(clock.instant(), entry.endsAt());
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static int weight(Entry entry) {
        return switch (entry) {
            case Entry.Kept kept -> QUESTION_BYTES + kept.answer().sizeBytes();
            case Entry.Failed failed -> QUESTION_BYTES;
        };
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
