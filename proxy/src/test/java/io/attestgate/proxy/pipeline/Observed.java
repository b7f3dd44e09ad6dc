package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.tls.HandshakeEnd;
import io.attestgate.proxy.upstream.UpstreamFault;
import io.attestgate.wire.Hostname;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what it is told. */
final class Observed implements RequestObserver {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    final BlockingQueue<Ended> requests = new LinkedBlockingQueue<>();
    final BlockingQueue<HandshakeEnd> handshakes = new LinkedBlockingQueue<>();
    final BlockingQueue<UpstreamFault> faults = new LinkedBlockingQueue<>();
    final AtomicInteger connections = new AtomicInteger();

    @Override
    public void connectionOpened(Port port) {
        connections.incrementAndGet();
    }

    @Override
    public void connectionClosed(Port port) {
        connections.decrementAndGet();
    }

    @Override
    public void handshakeEnded(HandshakeEnd end) {
        handshakes.add(end);
    }

    @Override
    public Map<String, String> keep(Headers request) {
        Map<String, String> fields = new HashMap<>();
        request.forEach((name, value) -> fields.put(name.toString(), value.toString()));
        return fields;
    }

    @Override
    public void requestEnded(Ended ended) {
        requests.add(ended);
    }

    @Override
    public void upstreamFailed(Hostname host, UpstreamFault fault) {
        faults.add(fault);
    }

    /** The next of them; fails if it does not come. */
    static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("nothing was observed within " + PATIENCE);
        }
        return next;
    }
}
