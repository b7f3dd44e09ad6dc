package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.accept.Loop;
import io.attestgate.proxy.route.RouteDecision.Refusal;
import io.attestgate.proxy.route.RouteTable;
import io.attestgate.wire.Hostname;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The requests of one loop that run, each asked about again and again whether it still may.
 *
 * <p>A request takes the table once, and a WebSocket or a download lasts: without this a halt, a
 * withdrawal or the end of the gateway's own permission would be for new requests only. For the
 * loop's thread, but for {@link #open}.
 */
final class Permits {
    /** How long a request outlives its permission at most; to ask costs two comparisons each. */
    static final Duration CHECK = Duration.ofSeconds(1);

    private final Loop loop;
    private final Supplier<RouteTable> routes;
    private final InstantSource clock;
    private final List<Permit> permits = new ArrayList<>();

    private Permits(Loop loop, Supplier<RouteTable> routes, InstantSource clock) {
        this.loop = loop;
        this.routes = routes;
        this.clock = clock;
    }

    /** Begins to ask, until the loop ends. Any thread. */
    static Permits open(Loop loop, Supplier<RouteTable> routes, InstantSource clock) {
        Permits permits = new Permits(loop, routes, clock);
        permits.checkLater();
        return permits;
    }

    /** One for a request that begins; the holder closes it when the request has ended. */
    Permit issue(Hostname host, Permit.Holder holder) {
        Permit permit = new Permit(this, host, holder, permits.size());
        permits.add(permit);
        return permit;
    }

    void forget(Permit permit) {
        Permit last = permits.removeLast();
        if (last != permit) {
            permits.set(permit.index, last);
            last.index = permit.index;
        }
        permit.index = -1;
    }

    private void checkLater() {
        var _ = loop.executor().schedule(this::check, CHECK.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void check() {
        // First, so that a bug in the end of one request does not end the asking.
        checkLater();
        RouteTable inForce = routes.get();
        Instant now = clock.instant();
        // Backwards, because a request that ends forgets its permit; what then moves into its place
        // has been looked at already.
        for (int i = permits.size() - 1; i >= 0; i--) {
            if (i < permits.size()) {
                Permit permit = permits.get(i);
                Optional<Refusal> refusal = permit.refusal(inForce, now);
                refusal.ifPresent(permit::end);
            }
        }
    }
}
