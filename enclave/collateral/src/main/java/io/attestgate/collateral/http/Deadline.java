package io.attestgate.collateral.http;

import io.attestgate.collateral.http.FetchException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of the time that several answers together may take. One thread. */
public final class Deadline {
    private final Duration whole;
    private final long endNanos;

    private Deadline(Duration whole, long endNanos) {
        this.whole = whole;
        this.endNanos = endNanos;
    }

    /** Begins now. */
    public static Deadline in(Duration whole) {
        return new Deadline(whole, System.nanoTime() + whole.toNanos());
    }

    /**
     * Asks all at once and waits for each; the first that fails is thrown. Of more questions than
     * may be open at once none is asked.
     */
    public List<Answer> all(AnswerCache cache, List<Question> questions) throws FetchException {
        if (questions.size() > AnswerCache.OPEN_MAX) {
            throw new FetchException(
                    Kind.TOO_MANY,
                    "evidence: %d questions (expected: at most %d)"
                            .formatted(questions.size(), AnswerCache.OPEN_MAX));
        }
        List<CompletableFuture<Answer>> asked = questions.stream().map(cache::answer).toList();
        List<Answer> answers = new ArrayList<>();
        for (CompletableFuture<Answer> one : asked) {
            answers.add(await(one));
        }
        return answers;
    }

    /** Asks one and waits for it. */
    public Answer one(AnswerCache cache, Question question) throws FetchException {
        return await(cache.answer(question));
    }

    private Answer await(CompletableFuture<Answer> answer) throws FetchException {
        try {
            return answer.get(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new FetchException(
                    Kind.TIMED_OUT,
                    "collateral: not all there (expected: all within %d ms)"
                            .formatted(whole.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FetchException(Kind.UNREACHABLE, "collateral: interrupted");
        } catch (ExecutionException e) {
            throw cause(e);
        }
    }

    /** An answer fails in no other way; a composed one wraps it once more. */
    private static FetchException cause(Throwable failure) {
        return switch (failure.getCause()) {
            case FetchException known -> known;
            case CompletionException wrapped -> cause(wrapped);
            case null, default -> throw new AssertionError(failure);
        };
    }
}
