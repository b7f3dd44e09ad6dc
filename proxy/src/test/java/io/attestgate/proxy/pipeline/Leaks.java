package io.attestgate.proxy.pipeline;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What Netty's leak detector says, which it says to a log alone. */
final class Leaks {
    private static final ListAppender<ILoggingEvent> REPORTS = new ListAppender<>();

    static {
        REPORTS.start();
        ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(REPORTS);
    }

    private Leaks() {}

    /** Begins to listen. */
    static void watch() {
        // Loading this class did it.
    }

    /** Fails if anything was reported since the process began. */
    static void assertNone() {
        List<String> reports =
                List.copyOf(REPORTS.list).stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .filter(report -> report.contains("LEAK"))
                        .toList();
        if (!reports.isEmpty()) {
            throw new AssertionError("leaked: " + reports.getFirst());
        }
    }
}
