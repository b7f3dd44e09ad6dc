package io.attestgate.peer;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A child process whose output goes to a log file and is watched for the line that says it is
 * ready.
 *
 * <p>Ends with {@link #close}, and with this JVM. One owner; {@link #kill} and {@link #close} may
 * be called by any thread.
 */
public final class ChildProcess implements AutoCloseable {
    private static final Duration END_WAIT_MAX = Duration.ofSeconds(10);
    private static final int LINES_KEPT_MAX = 40;
    private static final long PROBE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final String name;
    private final Process process;
    private final Thread endWithUs;
    private final CompletableFuture<MatchResult> ready = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.endWithUs = new Thread(() -> process.destroyForcibly(), "end-" + name);
    }

    /**
     * Starts a command and waits for the line that says it is ready.
     *
     * @param readyLine found anywhere in a line of standard output or error
     * @throws IOException if it ends first, or the wait is over; the message has its last lines
     */
    public static ChildProcess start(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            Pattern readyLine,
            Duration wait)
            throws IOException {
        return start(name, command, environment, log, readyLine, wait, line -> {});
    }

    /** As above; each line of output is also given to {@code lines}, on the reading thread. */
    public static ChildProcess start(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            Pattern readyLine,
            Duration wait,
            Consumer<String> lines)
            throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        ChildProcess child = new ChildProcess(name, builder.start());
        Runtime.getRuntime().addShutdownHook(child.endWithUs);
        Thread.ofPlatform()
                .daemon()
                .name("output-" + name)
                .start(() -> child.copyOutput(log, readyLine, lines));
        child.awaitReady(wait);
        return child;
    }

    private void copyOutput(Path log, Pattern readyLine, Consumer<String> lines) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                BufferedWriter file = Files.newBufferedWriter(log)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                file.write(line);
                file.newLine();
                file.flush();
                keep(line);
                lines.accept(line);
                readyLine.matcher(line).results().findFirst().ifPresent(ready::complete);
            }
        } catch (IOException e) {
            keep("output lost: " + e);
        }
        ready.completeExceptionally(new IOException(name + ": ended\n" + lastLines()));
    }

    private void awaitReady(Duration wait) throws IOException {
        try {
            ready.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            close();
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            close();
            throw new IOException(
                    "%s: not ready after %s\n%s".formatted(name, wait, lastLines()), e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IOException(name + ": interrupted", e);
        }
    }

    /**
     * Returns once something accepts connections on that loopback port: the one sign of being ready
     * of a peer that says so too early. Closes the child if nothing does.
     */
    public void awaitListening(int port, Duration wait) throws IOException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (!accepts(port)) {
            if (!isAlive() || System.nanoTime() - deadline > 0) {
                close();
                throw new IOException(
                        "%s: nothing listens on port %d\n%s".formatted(name, port, lastLines()));
            }
            LockSupport.parkNanos(PROBE_PAUSE_NANOS);
        }
    }

    private static boolean accepts(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }

    private void keep(String line) {
        synchronized (lastLines) {
            if (lastLines.size() == LINES_KEPT_MAX) {
                lastLines.removeFirst();
            }
            lastLines.addLast(line);
        }
    }

    /** The last lines it wrote, for an error message. */
    public String lastLines() {
        synchronized (lastLines) {
            return String.join("\n", lastLines);
        }
    }

    /** What the ready line's groups hold. */
    public MatchResult readyLine() {
        return ready.join();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Waits for its end for as long as that takes, and gives the exit status: of a signal 128 more.
     */
    public int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /** Waits for its end and gives the exit status. */
    public int exitStatus(Duration wait) throws IOException {
        try {
            if (process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new IOException("%s: still running after %s".formatted(name, wait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(name + ": interrupted", e);
        }
    }

    /** SIGTERM, and no wait. */
    public void terminate() {
        process.destroy();
    }

    /** SIGKILL, and waits until the process is gone. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, then SIGKILL to what has not ended by then. A second call does nothing. */
    @Override
    public void close() {
        process.destroy();
        if (!awaitEnd()) {
            process.destroyForcibly();
            awaitEnd();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(endWithUs);
        } catch (IllegalStateException shuttingDown) {
            // The hook runs by itself then.
        }
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(END_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(name + ": interrupted", e));
        }
    }
}
