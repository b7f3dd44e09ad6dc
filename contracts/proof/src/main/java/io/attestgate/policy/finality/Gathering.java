package io.attestgate.policy.finality;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.endpoint.Endpoint;
import io.attestgate.policy.rpc.JsonRpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks several endpoints at once, and waits for the slow ones only as long as too few answered.
 *
 * <p>Who is left behind goes on by its own limits, takes note of its own failure, and is not asked
 * again before it ended. One thread asks.
 */
final class Gathering implements AutoCloseable {
    /** What others wait for a straggler once enough have answered: an answer of a far node. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<Endpoint> inFlight = ConcurrentHashMap.newKeySet();

    /** Asks one endpoint. */
    interface Asking {
        Voice ask(Endpoint endpoint) throws PolicyReadException;
    }

    /**
     * @param voices in the order of the answers
     * @param refused who gave none that counts, and why
     */
    record Gathered(List<Voice> voices, Map<Endpoint, PolicyReadException> refused) {
        Gathered() {
            this(new ArrayList<>(), new LinkedHashMap<>());
        }
    }

    /**
     * @param enough whether these need wait for no others
     */
    Gathered gather(List<Endpoint> endpoints, Asking asking, Predicate<List<Voice>> enough)
            throws PolicyReadException {
        ExecutorCompletionService<Said> asked = new ExecutorCompletionService<>(threads);
        int running = 0;
        for (Endpoint endpoint : endpoints) {
            if (inFlight.add(endpoint)) {
                asked.submit(() -> ask(endpoint, asking));
                running++;
            }
        }
        Gathered gathered = new Gathered();
        Duration patience = JsonRpc.TIME_MAX.plus(PATIENCE);
        while (running > 0) {
            Future<Said> next = poll(asked, enough.test(gathered.voices()) ? PATIENCE : patience);
            if (next == null) {
                break;
            }
            running--;
            note(next, gathered);
        }
        return gathered;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private sealed interface Said {
        record Well(Voice voice) implements Said {}

        record Badly(Endpoint endpoint, PolicyReadException why) implements Said {}
    }

    private Said ask(Endpoint endpoint, Asking asking) {
        try {
            return new Said.Well(asking.ask(endpoint));
        } catch (PolicyReadException e) {
            return new Said.Badly(endpoint, e);
        } finally {
            inFlight.remove(endpoint);
        }
    }

    private static @Nullable Future<Said> poll(
            ExecutorCompletionService<Said> asked, Duration patience) throws PolicyReadException {
        try {
            return asked.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PolicyReadException(Failure.UNREACHABLE, "endpoints: interrupted", e);
        }
    }

    private static void note(Future<Said> ended, Gathered gathered) {
        try {
            switch (ended.get()) {
                case Said.Well(Voice voice) -> gathered.voices().add(voice);
                case Said.Badly(Endpoint endpoint, PolicyReadException why) ->
                        gathered.refused().put(endpoint, why);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("asking throws nothing else", e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError("it has ended", e);
        }
    }
}
