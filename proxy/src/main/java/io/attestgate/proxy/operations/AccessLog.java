package io.attestgate.proxy.operations;

import io.attestgate.policy.document.LogRule;
import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.pipeline.RequestObserver;
import io.attestgate.proxy.tls.HandshakeEnd;
import io.attestgate.proxy.upstream.UpstreamFault;
import io.attestgate.wire.Hostname;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Writes a line per request, on a thread of its own.
 *
 * <p>Event loops put what ended into a queue without a lock, and never wait: a reader of the log
 * who is too slow loses lines, which are counted, and holds up no request.
 */
public final class AccessLog implements RequestObserver, AutoCloseable {
    /** At 20,000 requests a second, half a second of a log that nobody reads; about 4 MiB. */
    static final int WAITING_MAX = 10_000;

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(2);

    private record Waiting(Instant at, Ended ended) {}

    private final OutputStream out;
    private final Supplier<LogRule> rule;
    private final NameOfHost names;
    private final InstantSource clock;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer;
    private volatile boolean isOpen = true;

    AccessLog(OutputStream out, Supplier<LogRule> rule, NameOfHost names, InstantSource clock) {
        this.out = out;
        this.rule = rule;
        this.names = names;
        this.clock = clock;
        this.writer = Thread.ofPlatform().daemon().name("access-log").unstarted(this::write);
    }

    /**
     * Opens the log.
     *
     * @param out not closed by this
     * @param rule what the gateway's document in force lets out; {@link LogRule#PRIVATE} where
     *     there is none
     */
    public static AccessLog open(
            OutputStream out,
            Supplier<LogRule> rule,
            NameOfHost names,
            InstantSource clock,
            PrometheusRegistry registry) {
        AccessLog log = new AccessLog(out, rule, names, clock);
        CounterWithCallback.builder()
                .name("attestgate_access_log_lost_total")
                .help("Lines of the access log that nobody took in time.")
                .callback(value -> value.call(log.lost.doubleValue()))
                .register(registry);
        log.writer.start();
        return log;
    }

    @Override
    public Map<String, String> keep(Headers request) {
        return LoggedFields.of(request, rule.get());
    }

    @Override
    public void requestEnded(Ended ended) {
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            lost.incrementAndGet();
            return;
        }
        queue.add(new Waiting(clock.instant(), ended));
    }

    @Override
    public void connectionOpened(Port port) {}

    @Override
    public void connectionClosed(Port port) {}

    @Override
    public void handshakeEnded(HandshakeEnd end) {}

    @Override
    public void upstreamFailed(Hostname host, UpstreamFault fault) {}

    /** How many lines were lost. */
    long lost() {
        return lost.get();
    }

    private void write() {
        while (isOpen) {
            writeWaiting();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        writeWaiting();
    }

    /** Writes all that waits, in one go. */
    void writeWaiting() {
        StringBuilder lines = new StringBuilder();
        int count = 0;
        for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
            waiting.decrementAndGet();
            count++;
            lines.append(line(next)).append('\n');
            if (count == WAITING_MAX) {
                break;
            }
        }
        if (count == 0) {
            return;
        }
        try {
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            lost.addAndGet(count);
        }
    }

    private String line(Waiting next) {
        return AccessLine.of(
                next.at(), next.ended(), next.ended().host().flatMap(names::nameOf), rule.get());
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        isOpen = false;
        LockSupport.unpark(writer);
        try {
            if (!writer.join(CLOSE_WAIT_MAX)) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
