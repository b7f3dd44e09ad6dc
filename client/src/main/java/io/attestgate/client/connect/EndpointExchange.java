package io.attestgate.client.connect;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects to an endpoint, asks one thing, and brings back what was seen.
 *
 * <p>The bound on time is on the whole of it, name resolution included: an endpoint that sends a
 * byte now and then gains nothing by it.
 */
public final class EndpointExchange {
    private final Settings settings;
    private final InstantSource clock;

    /**
     * How to connect.
     *
     * @param dial where to go instead of the endpoint's own host and port; the name asked for and
     *     checked stays the endpoint's
     * @param roots the authorities to hear about the chain
     * @param total from the first look-up to the last byte
     */
    public record Settings(Optional<HostPort> dial, Optional<Roots> roots, Duration total) {}

    /** What is asked of whom, and how much of an answer is read. */
    record Request(Endpoint endpoint, String target, int bodyBytesMax) {}

    /** Opens nothing. */
    public EndpointExchange(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Asks for one thing, on a connection of its own. Blocks.
     *
     * @param target a path with its query
     * @param bodyBytesMax of the answer
     */
    public Exchange get(Endpoint endpoint, String target, int bodyBytesMax) {
        Request request = new Request(endpoint, target, bodyBytesMax);
        Attempt attempt = new Attempt(settings, request, clock.instant());
        FutureTask<Exchange> exchange = new FutureTask<>(attempt::run);
        // A resolver call cannot be interrupted, so nobody waits for this thread to end.
        Thread.ofVirtual().name("exchange with " + endpoint).start(exchange);
        try {
            return exchange.get(settings.total().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return attempt.abandon("no end after " + settings.total().toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return attempt.abandon("interrupted");
        } catch (ExecutionException e) {
            throw new AssertionError("an attempt answers whatever the network did", e.getCause());
        }
    }
}
