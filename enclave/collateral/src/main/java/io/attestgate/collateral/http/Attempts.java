package io.attestgate.collateral.http;

import io.attestgate.collateral.http.FetchException.Kind;
import java.time.Duration;

/**
 * Asks again where an answer may come soon: a few times, after waits of our own or as long as the
 * service asks, if that is not too long. The last failure is thrown. Blocks; any thread.
 */
final class Attempts {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final Exchange exchange;
    private final Limits limits;
    private final Pause pause;

    Attempts(Exchange exchange, Limits limits, Pause pause) {
        this.exchange = exchange;
        this.limits = limits;
        this.pause = pause;
    }

    Answer ask(Question question) throws FetchException {
        for (int attempt = 1; attempt < limits.attemptsMax(); attempt++) {
            try {
                return exchange.ask(question);
            } catch (FetchException e) {
                Duration wait =
                        e.retryAfter().orElse(FIRST_PAUSE.multipliedBy(1L << (attempt - 1)));
                if (!e.kind().mayPass() || wait.compareTo(limits.pauseMax()) > 0) {
                    throw e;
                }
                await(question, wait);
            }
        }
        return exchange.ask(question);
    }

    private void await(Question question, Duration wait) throws FetchException {
        try {
            pause.await(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FetchException(Kind.UNREACHABLE, question + ": interrupted");
        }
    }
}
