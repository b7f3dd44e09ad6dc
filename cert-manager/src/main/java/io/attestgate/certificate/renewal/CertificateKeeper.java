package io.attestgate.certificate.renewal;

import io.attestgate.certificate.renewal.NameStatus.Failure;
import io.attestgate.certificate.renewal.NameStatus.Phase;
import io.attestgate.verify.claims.AcmeAccount;
import io.attestgate.wire.Hostname;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps every name that the policy wants in a certificate, from threads of its own.
 *
 * <pre>
 * want(snapshot) -> one NameKeeper for each name -> due? -> a worker thread runs its next step
 *                        ^                                          |
 *                        +--------- due again at that instant ------+
 * </pre>
 *
 * <p>Each name is worked on by one thread at a time and has one order at a time; at most {@link
 * #ORDERS_MAX} names have one at the same time. {@link #want} may be called by any thread.
 */
public final class CertificateKeeper implements AutoCloseable {
    /** Enough to bring up hundreds of names in minutes, few enough for any authority's limits. */
    static final int ORDERS_MAX = 16;

    /** The longest wait of the driving thread, so that a clock that jumped is noticed. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(5);

    private final KeeperParts parts;
    private final InstantSource clock;
    private final ExecutorService workers;
    private final Outcomes outcomes = new Outcomes();
    private final Semaphore permits = new Semaphore(ORDERS_MAX);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by the lock.
    private final Map<Hostname, Slot> slots = new HashMap<>();
    private Wanted wanted = Wanted.NOTHING;
    private boolean closed;

    /** One name's place in the schedule. Its fields are guarded by the lock. */
    private static final class Slot {
        private final NameKeeper keeper;
        private Instant due;
        private boolean running;

        /** It was called for while it ran, so that what it came to may be out of date. */
        private boolean again;

        Slot(NameKeeper keeper, Instant due) {
            this.keeper = keeper;
            this.due = due;
        }
    }

    CertificateKeeper(KeeperParts parts, ExecutorService workers) {
        this.parts = parts;
        this.clock = parts.clock();
        this.workers = workers;
    }

    /** Starts the driving thread; nothing is wanted yet. */
    public static CertificateKeeper open(KeeperParts parts) {
        return open(parts, Thread.ofVirtual().name("certificate-", 0).factory());
    }

    static CertificateKeeper open(KeeperParts parts, ThreadFactory threads) {
        CertificateKeeper keeper =
                new CertificateKeeper(parts, Executors.newThreadPerTaskExecutor(threads));
        Thread.ofPlatform().daemon().name("certificate-keeper").start(keeper::drive);
        return keeper;
    }

    /** Takes what the newest policy wants in place of what the one before wanted. */
    public void want(Wanted newer) {
        lock.lock();
        try {
            Wanted older = wanted;
            wanted = newer;
            Instant now = clock.instant();
            for (Hostname name : newer.names().keySet()) {
                Slot slot = slots.get(name);
                if (slot == null) {
                    slots.put(name, new Slot(new NameKeeper(name, parts, outcomes, permits), now));
                } else if (isOtherWork(older.demand(name), newer.demand(name), now)) {
                    slot.due = now;
                    slot.again = slot.running;
                }
            }
            slots.entrySet().removeIf(entry -> retired(entry.getKey(), entry.getValue()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is something to do that there was not. */
    private static boolean isOtherWork(Wanted.Demand older, Wanted.Demand newer, Instant now) {
        return !newer.terms().equals(older.terms()) || (older.isEnded(now) && !newer.isEnded(now));
    }

    /** Starts a step of every name that is due, and returns when the next one will be. */
    Instant startDue() {
        lock.lock();
        try {
            Instant now = clock.instant();
            Instant next = now.plus(LOOK_AGAIN);
            Map<Hostname, Slot> due = new HashMap<>();
            for (Map.Entry<Hostname, Slot> entry : slots.entrySet()) {
                Slot slot = entry.getValue();
                if (slot.running) {
                    continue;
                }
                if (!now.isBefore(slot.due)) {
                    due.put(entry.getKey(), slot);
                } else if (slot.due.isBefore(next)) {
                    next = slot.due;
                }
            }
            due.forEach(this::start);
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void start(Hostname name, Slot slot) {
        if (!closed) {
            slot.running = true;
            Wanted.Demand demand = wanted.demand(name);
            workers.execute(() -> work(name, slot, demand));
        }
    }

    /** The accounts that claims name: what is public of them, and no way to their keys. */
    public List<AcmeAccount> accounts() {
        return parts.accounts().all();
    }

    /** How every wanted name stands, in the order of names. */
    public List<NameStatus> status() {
        lock.lock();
        try {
            List<NameStatus> all = new ArrayList<>();
            slots.values().forEach(slot -> all.add(slot.keeper.status()));
            wanted.wildcards().forEach(wildcard -> all.add(refused(wildcard)));
            all.sort(Comparator.comparing(NameStatus::name));
            return all;
        } finally {
            lock.unlock();
        }
    }

    /** What has happened since the start. */
    public Outcomes outcomes() {
        return outcomes;
    }

    /** Ends every step that runs, within {@link #CLOSE_WAIT_MAX}. A second call does nothing. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        workers.shutdownNow();
        try {
            boolean ended =
                    workers.awaitTermination(CLOSE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
            assert ended || workers.isShutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drive() {
        lock.lock();
        try {
            while (!closed) {
                Duration wait = Duration.between(clock.instant(), startDue());
                long ignored = changed.awaitNanos(Math.max(wait.toNanos(), 0));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Nobody does; it would mean the end.
        } finally {
            lock.unlock();
        }
    }

    private void work(Hostname name, Slot slot, Wanted.Demand demand) {
        // A bug that throws here ends the thread by its handler; the name is tried again later.
        Instant due = clock.instant().plus(OrderKeeper.ORDER_AGE_MAX);
        try {
            due = slot.keeper.work(demand);
        } finally {
            lock.lock();
            try {
                slot.running = false;
                slot.due = slot.again ? clock.instant() : due;
                slot.again = false;
                if (!wanted.names().containsKey(name) && retired(name, slot)) {
                    slots.remove(name);
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Ends a name that is not wanted; one that runs is ended when its step is over. */
    private boolean retired(Hostname name, Slot slot) {
        if (wanted.names().containsKey(name)) {
            return false;
        }
        parts.certificates().remove(name);
        if (slot.running) {
            return false;
        }
        slot.keeper.retire();
        return true;
    }

    private static NameStatus refused(String wildcard) {
        return new NameStatus(
                wildcard,
                Phase.REFUSED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new Failure(
                                Instant.EPOCH,
                                Optional.empty(),
                                "wildcard",
                                "neither tls-alpn-01 nor http-01 can prove a wildcard"
                                        + " (RFC 8737 §3, RFC 8555 §8.3)",
                                0)),
                Optional.empty());
    }
}
