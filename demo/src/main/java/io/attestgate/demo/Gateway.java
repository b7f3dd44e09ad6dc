package io.attestgate.demo;

import io.attestgate.peer.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** The product as a process of its own: {@code attestgate run}. */
final class Gateway implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("^attestgate: ready");
    private static final Pattern RUNS = Pattern.compile("^attestgate: ");
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(60);
    private static final Duration DRAIN_WAIT_MAX = Duration.ofSeconds(40);

    private final ChildProcess process;
    private final Duration start;

    private Gateway(ChildProcess process, Duration start) {
        this.process = process;
        this.start = start;
    }

    /** Starts it and waits until it serves every domain that it can. */
    static Gateway start(Path config, Path folder) throws IOException {
        long began = System.nanoTime();
        ChildProcess process = launched(config, folder, READY);
        return new Gateway(process, Duration.ofNanos(System.nanoTime() - began));
    }

    /** Starts it and waits only until it runs. */
    static Gateway launch(Path config, Path folder) throws IOException {
        return new Gateway(launched(config, folder, RUNS), Duration.ZERO);
    }

    private static ChildProcess launched(Path config, Path folder, Pattern until)
            throws IOException {
        return ChildProcess.start(
                "gateway",
                Product.command("run", "--config", config.toString()),
                Product.ENVIRONMENT,
                folder.resolve("gateway.log"),
                until,
                START_WAIT_MAX);
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    /** What it wrote last. */
    String lastLines() {
        return process.lastLines();
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

    /** Waits until it ends, whoever ends it, and gives its exit status. */
    int awaitExit() throws InterruptedException {
        return process.awaitExit();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.close();
    }
}
