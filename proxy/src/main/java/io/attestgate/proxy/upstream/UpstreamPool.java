package io.attestgate.proxy.upstream;

import io.attestgate.proxy.accept.Deadline;
import io.attestgate.proxy.accept.Loop;
import io.attestgate.proxy.route.UpstreamTarget;
import io.attestgate.proxy.upstream.UpstreamFault.Sent;
import io.attestgate.proxy.upstream.UpstreamFault.Source;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The upstream connections of one loop.
 *
 * <p>The newest idle connection is used first: it is the likeliest to be open still, and those that
 * are not needed grow old at the other end and are closed. For the loop's thread only.
 */
public final class UpstreamPool {
    /** Connections of one loop to one upstream, idle or in use. */
    static final int CONNECTIONS_MAX = 2048;

    /** Of those, idle. */
    static final int IDLE_MAX = 256;

    /** Below the keep-alive of common servers (nginx 75 s, Node 5 s is met by asking again). */
    static final Duration IDLE_AGE_MAX = Duration.ofSeconds(60);

    private final Loop loop;
    private final UpstreamConnector connector;
    private final Map<UpstreamTarget, Shelf> shelves = new HashMap<>();
    private final Deadline sweep;

    public UpstreamPool(Loop loop, UpstreamConnector connector) {
        this.loop = loop;
        this.connector = connector;
        this.sweep = loop.deadline(this::dropOld);
        this.sweep.in(IDLE_AGE_MAX.dividedBy(4));
    }

    /** Who wanted a connection. */
    public interface Borrower {

        /** Here is one; the borrower begins a request on it at once. */
        void connected(UpstreamConnection connection);

        /** There is none. */
        void failed(UpstreamFault fault);
    }

    /** Gives an idle connection at once, or a new one when it stands. */
    public void borrow(UpstreamTarget target, Duration connectMax, Borrower borrower) {
        Shelf shelf = shelves.computeIfAbsent(target, Shelf::new);
        UpstreamConnection idle = shelf.newest();
        if (idle != null) {
            borrower.connected(idle);
        } else {
            borrowNew(target, connectMax, borrower);
        }
    }

    /** Gives a new connection: after an old one proved to be worn out. */
    public void borrowNew(UpstreamTarget target, Duration connectMax, Borrower borrower) {
        Shelf shelf = shelves.computeIfAbsent(target, Shelf::new);
        if (shelf.open >= CONNECTIONS_MAX) {
            borrower.failed(
                    new UpstreamFault(
                            Source.OVERLOAD, Sent.NO, CONNECTIONS_MAX + " connections in use"));
            return;
        }
        shelf.open++;
        connector.connect(
                loop,
                target,
                connectMax,
                channel -> new UpstreamConnection(channel, loop.flusher(channel), shelf),
                new Borrower() {
                    @Override
                    public void connected(UpstreamConnection connection) {
                        borrower.connected(connection);
                    }

                    @Override
                    public void failed(UpstreamFault fault) {
                        shelf.open--;
                        borrower.failed(fault);
                    }
                });
    }

    private void dropOld() {
        long oldest = loop.nanoTime() - IDLE_AGE_MAX.toNanos();
        shelves.values().forEach(shelf -> shelf.dropOlderThan(oldest));
        shelves.values().removeIf(shelf -> shelf.open == 0);
        sweep.in(IDLE_AGE_MAX.dividedBy(4));
    }

    /** Closes what is idle. */
    public void close() {
        sweep.close();
        shelves.values().forEach(shelf -> shelf.dropOlderThan(Long.MAX_VALUE));
    }

    /** The connections to one upstream. */
    final class Shelf {
        private final Deque<Idle> idle = new ArrayDeque<>();
        private int open;

        private record Idle(UpstreamConnection connection, long sinceNanos) {}

        private Shelf(UpstreamTarget target) {}

        private @Nullable UpstreamConnection newest() {
            Idle newest = idle.pollLast();
            return newest == null ? null : newest.connection;
        }

        void put(UpstreamConnection connection) {
            if (idle.size() >= IDLE_MAX) {
                connection.abandon();
            } else {
                idle.addLast(new Idle(connection, loop.nanoTime()));
            }
        }

        /** The connection is closed, or about to be. */
        void lost(UpstreamConnection connection) {
            open--;
            idle.removeIf(each -> each.connection == connection);
        }

        private void dropOlderThan(long nanos) {
            for (Idle oldest = idle.peekFirst();
                    oldest != null && (nanos == Long.MAX_VALUE || oldest.sinceNanos - nanos < 0);
                    oldest = idle.peekFirst()) {
                oldest.connection.abandon();
            }
        }
    }
}
