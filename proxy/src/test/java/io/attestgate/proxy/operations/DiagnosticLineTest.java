package io.attestgate.proxy.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The diagnostics as {@code logback.xml} writes them. */
final class DiagnosticLineTest {

    @Test
    void noTextOfAPeerBreaksALine() throws JoranException {
        String line = line("from a peer: \"a\r\n2026 ERROR forged\u001b[2J\u0085\"", null);

        assertThat(line.lines()).hasSize(1);
        assertThat(line).contains("from a peer: \"a | 2026 ERROR forged").endsWith("\n");
    }

    @Test
    void anExceptionIsOnTheSameLine() throws JoranException {
        String line = line("closing", new IllegalStateException("two\nlines"));

        assertThat(line.lines()).hasSize(1);
        assertThat(line).contains("closing | java.lang.IllegalStateException: two | lines");
    }

    @Test
    void theLibrariesAreHeardFromWarningsOnAndWeFromInformationOn() throws JoranException {
        LoggerContext context = context();

        assertThat(context.getLogger("io.netty.handler").getEffectiveLevel()).isEqualTo(Level.WARN);
        assertThat(context.getLogger("io.attestgate.proxy").getEffectiveLevel())
                .isEqualTo(Level.INFO);
    }

    private static String line(String message, @Nullable Throwable thrown) throws JoranException {
        LoggerContext context = context();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ConsoleAppender<ILoggingEvent> appender =
                (ConsoleAppender<ILoggingEvent>) root.getAppender("STDERR");
        LoggingEvent event =
                new LoggingEvent(
                        "logger",
                        context.getLogger("io.attestgate.X"),
                        Level.WARN,
                        message,
                        thrown,
                        null);
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    private static LoggerContext context() throws JoranException {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        URL file =
                Objects.requireNonNull(
                        DiagnosticLineTest.class.getClassLoader().getResource("logback.xml"));
        configurator.doConfigure(file);
        return context;
    }
}
