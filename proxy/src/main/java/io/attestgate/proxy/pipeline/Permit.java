package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.route.HostDecision;
import io.attestgate.proxy.route.RouteDecision.Refusal;
import io.attestgate.proxy.route.RouteTable;
import io.attestgate.wire.Hostname;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That one request may run: its host is served by the table in force, under whatever document.
 *
 * <p>Belongs to one {@link Permits}, whose thread uses it; {@link #close} ends it.
 */
final class Permit {
    /** Place in the list; -1 when closed. */
    int index;

    private final Permits permits;
    private final Hostname host;
    private final Holder holder;
    private @Nullable RouteTable table;
    private Instant until = Instant.MIN;

    /** Who runs by a permit. */
    interface Holder {

        /** It is over, and why; called once, after which the permit is closed. */
        void forbidden(Refusal refusal);
    }

    Permit(Permits permits, Hostname host, Holder holder, int index) {
        this.permits = permits;
        this.host = host;
        this.holder = holder;
        this.index = index;
    }

    /** Asks again, unless the answer is known: the same table, and a time for which it spoke. */
    Optional<Refusal> refusal(RouteTable inForce, Instant now) {
        if (inForce == table && now.isBefore(until)) {
            return Optional.empty();
        }
        return switch (inForce.host(host, now)) {
            case HostDecision.Served served -> {
                table = inForce;
                until = served.until();
                yield Optional.empty();
            }
            case HostDecision.Refused(Refusal refusal) -> Optional.of(refusal);
        };
    }

    void end(Refusal refusal) {
        close();
        holder.forbidden(refusal);
    }

    /** Forgets it. A second call does nothing. */
    void close() {
        if (index >= 0) {
            permits.forget(this);
        }
    }
}
