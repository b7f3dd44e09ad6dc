package io.attestgate.proxy.main;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.attestgate.proxy.pipeline.TestPolicy;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class PermissionLogTest {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final TestPolicy policy = new TestPolicy(START);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(PermissionLog.class);
    private Instant now = START;
    private final PermissionLog log = new PermissionLog(() -> policy.table().snapshot(), () -> now);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
    }

    @Test
    void eachEndIsWarnedOfOnceAndComingBackIsTold() {
        log.run();
        assertThat(lines.list).isEmpty();
        now = START.plus(Duration.ofHours(2));
        log.run();
        log.run();
        now = START.plus(Duration.ofHours(7));
        log.run();
        now = START;
        log.run();

        assertThat(lines.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.WARN, Level.WARN, Level.INFO, Level.INFO);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "ordering ended: stale-policy: the newest proven policy is stale since"
                                + " 2030-01-01T01:00:00Z",
                        "serving ended: stale-policy: the newest proven policy is stale since"
                                + " 2030-01-01T06:00:00Z",
                        "ordering goes on",
                        "serving goes on");
    }
}
