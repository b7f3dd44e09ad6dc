package io.attestgate.collateral.http;

import io.attestgate.collateral.MovedClock;
import io.attestgate.collateral.PlayedServer;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service whose answers are instants until which they hold, and the cache that asks it. Pauses
 * are written down, not waited for.
 */
final class AskedServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final String PATH = "/one";

    final PlayedServer server = PlayedServer.open();
    final MovedClock clock = new MovedClock(NOW);
    final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
    final AnswerCache cache;
    private final Exchange exchange;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private AskedServer(Limits limits, boolean aside) {
        this.exchange = Exchange.open(Optional.empty(), limits, clock);
        this.cache =
                new AnswerCache(
                        exchange, limits, clock, pauses::add, aside ? threads : Runnable::run);
    }

    /** Everything on the asking thread. */
    static AskedServer open() {
        return new AskedServer(Limits.DEFAULT, false);
    }

    static AskedServer with(Limits limits) {
        return new AskedServer(limits, false);
    }

    /** With threads that ask. */
    static AskedServer threaded() {
        return new AskedServer(Limits.DEFAULT, true);
    }

    /** An instant in text, which is when the answer ends; one before it is when it was made. */
    record Ends() implements Question.Reading {
        @Override
        public Parsed<Answer> read(HttpHeaders headers, byte[] body) {
            String text = new String(body, StandardCharsets.UTF_8);
            try {
                String[] both = text.split(" ", -1);
                Instant issued = both.length > 1 ? Instant.parse(both[0]) : Instant.EPOCH;
                return Parsed.good(
                        Answer.of("ends", body, issued, Instant.parse(both[both.length - 1])));
            } catch (DateTimeException e) {
                return Parsed.bad(Fault.quoted("answer", text, "an instant"));
            }
        }
    }

    void answersUntil(Instant until) {
        server.on(PATH, until.toString().getBytes(StandardCharsets.UTF_8));
    }

    void answers(Instant issued, Instant until) {
        server.on(PATH, (issued + " " + until).getBytes(StandardCharsets.UTF_8));
    }

    Question question() {
        return Question.get(server.service().uri(PATH), new Ends());
    }

    Answer ask() throws FetchException {
        return Deadline.in(Duration.ofSeconds(30)).one(cache, question());
    }

    FetchException failure() {
        try {
            throw new AssertionError(ask().until().toString());
        } catch (FetchException e) {
            return e;
        }
    }

    long requests() {
        return server.count(PATH);
    }

    @Override
    public void close() {
        server.close();
        threads.shutdownNow();
        exchange.close();
    }
}
