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

/**
 * What the answers about one piece of evidence may cost together: a time, and a number of
 * questions. One thread.
 */
public final class Deadline {
    /** As many as may be open at once: sixteen GPUs' manifests and certificates are fewer. */
    static final int QUESTIONS_MAX = AnswerCache.OPEN_MAX;

    private final Duration whole;
    private final long endNanos;
    private int asked;

    private Deadline(Duration whole, long endNanos) {
        this.whole = whole;
        this.endNanos = endNanos;
    }

    /** Begins now. */
    public static Deadline in(Duration whole) {
        return new Deadline(whole, System.nanoTime() + whole.toNanos());
    }

    /** The same end, for another piece of evidence. */
    public Deadline forAnother() {
        return new Deadline(whole, endNanos);
    }

    /**
     * Asks all at once and waits for each; the first that fails is thrown. Of too many questions
     * none is asked.
     */
    public List<Answer> all(AnswerCache cache, List<Question> questions) throws FetchException {
        count(questions.size());
        List<CompletableFuture<Answer>> waited = questions.stream().map(cache::answer).toList();
        List<Answer> answers = new ArrayList<>();
        for (CompletableFuture<Answer> one : waited) {
            answers.add(await(one));
        }
        return answers;
    }

    /** Asks one and waits for it. */
    public Answer one(AnswerCache cache, Question question) throws FetchException {
        count(1);
        return await(cache.answer(question));
    }

    /** Evidence is a stranger's: what it names must not make endless questions. */
    private void count(int more) throws FetchException {
        asked += more;
        if (asked > QUESTIONS_MAX) {
            throw new FetchException(
                    Kind.TOO_MANY,
                    "evidence: makes %d questions (expected: at most %d)"
                            .formatted(asked, QUESTIONS_MAX));
        }
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
