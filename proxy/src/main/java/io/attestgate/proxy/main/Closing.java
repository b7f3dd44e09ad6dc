package io.attestgate.proxy.main;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was opened, to be closed in reverse order, also after half a start. One that fails to close
 * keeps no other from being closed.
 */
final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Adds one and gives it back. */
    @CanIgnoreReturnValue
    synchronized <T extends AutoCloseable> T add(T part) {
        opened.push(part);
        return part;
    }

    /** A second call does nothing. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable part = opened.pop();
            try {
                part.close();
            } catch (Exception e) { // AutoCloseable says no more; the others must be closed.
                LOG.warn("closing {}: {}", part.getClass().getSimpleName(), e.toString());
            }
        }
    }
}
