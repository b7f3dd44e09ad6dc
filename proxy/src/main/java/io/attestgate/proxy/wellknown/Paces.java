package io.attestgate.proxy.wellknown;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * Holds each client to a pace, and all of them together to another, without a lock and in memory
 * that no client makes grow.
 *
 * <p>Each cell holds the time at which the next one is due (the generic cell rate algorithm, ITU-T
 * I.371). A client's cell is chosen by a hash that begins with a random seed; two clients that
 * share one share its pace. An IPv6 client is its first 64 bits, since it owns the rest.
 *
 * <p>For any number of threads.
 */
final class Paces {
    /** 32 KiB; two of 100 clients share a cell about once. */
    static final int CLIENT_CELLS = 4096;

    /** The last cell is everybody's. */
    private static final int ALL = CLIENT_CELLS;

    private final AtomicLongArray due = new AtomicLongArray(CLIENT_CELLS + 1);
    private final Pace each;
    private final Pace all;
    private final long seed;
    private final LongSupplier nanos;
    private final long start;

    /**
     * @param nanos monotonic, as {@link System#nanoTime}
     * @param seed random, so that nobody can choose whom he shares a cell with
     */
    Paces(Pace each, Pace all, long seed, LongSupplier nanos) {
        this.each = each;
        this.all = all;
        this.seed = seed;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    /** Takes one turn for the client; where there is none, how long to wait for it. */
    Optional<Duration> waitOf(InetAddress client) {
        long now = nanos.getAsLong() - start;
        // The client's own first, so that one who is held back uses up nobody else's turns.
        long wait = take(cell(client), each, now);
        if (wait == 0) {
            wait = take(ALL, all, now);
        }
        return wait == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(wait));
    }

    private long take(int cell, Pace pace, long now) {
        while (true) {
            long before = due.get(cell);
            long wait = before - now - pace.toleranceNanos();
            if (wait > 0) {
                return wait;
            }
            if (due.compareAndSet(cell, before, Math.max(before, now) + pace.intervalNanos())) {
                return 0;
            }
        }
    }

    private int cell(InetAddress client) {
        byte[] address = client.getAddress();
        int known = client instanceof Inet6Address ? 8 : address.length;
        long mixed = (Arrays.hashCode(Arrays.copyOf(address, known)) ^ seed) * 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xbf58476d1ce4e5b9L;
        return (int) (mixed >>> 32) & (CLIENT_CELLS - 1);
    }
}
