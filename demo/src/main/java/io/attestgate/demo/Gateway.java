package io.attestgate.demo;

import io.attestgate.peer.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The product as a process of its own: {@code attestgate run}. */
final class Gateway implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("\\bready\\b");
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(60);
    private static final Duration DRAIN_WAIT_MAX = Duration.ofSeconds(40);

    private final ChildProcess process;
    private final Duration start;

    private Gateway(ChildProcess process, Duration start) {
        this.process = process;
        this.start = start;
    }

    /** Starts it and waits until it serves its domain. */
    static Gateway start(Path config, Path folder, Ports ports) throws IOException {
        long began = System.nanoTime();
        List<String> command = Product.command("run", "--config", config.toString());
        ChildProcess process =
                ChildProcess.start(
                        "gateway",
                        command,
                        Map.of(),
                        folder.resolve("gateway-%d.log".formatted(ports.https())),
                        READY,
                        START_WAIT_MAX);
        return new Gateway(process, Duration.ofNanos(System.nanoTime() - began));
    }

    /** From the launcher's first instruction to ready. */
    Duration startTime() {
        return start;
    }

    /** SIGTERM, and its exit status when it has drained. */
    int stop() throws IOException {
        process.terminate();
        return process.exitStatus(DRAIN_WAIT_MAX);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.close();
    }
}
