package io.attestgate.attest;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of our own that runs one class of the test class path, for tests that kill it. */
public final class ChildJvm implements AutoCloseable {
    private static final long ENDS_WITHIN_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;

    private ChildJvm(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts {@code main} with these arguments; its errors go to ours. */
    public static ChildJvm start(Class<?> main, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()));
        command.addAll(List.of(args));
        return new ChildJvm(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** The next line it prints. */
    public String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the child ended (expected: one more line)");
        }
        return line;
    }

    /** What else it printed, after it ended. */
    public List<String> rest() {
        return out.lines().toList();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL, then waits for its end; what it printed can still be read. */
    public void kill() throws IOException {
        boolean asked = process.toHandle().destroyForcibly();
        ended(process);
        assert asked || !process.isAlive();
    }

    /** Waits for its end by itself. */
    public int exit() throws IOException {
        ended(process);
        return process.exitValue();
    }

    private static void ended(Process process) throws IOException {
        try {
            if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the child still runs (expected: ended)");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        kill();
        out.close();
    }
}
