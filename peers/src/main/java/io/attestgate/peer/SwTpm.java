package io.attestgate.peer;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A software TPM 2.0 behind a Unix socket that carries plain commands, one connection at a time.
 *
 * <p>What is non-volatile stays in its folder; starting it there again is a machine's restart.
 */
public final class SwTpm implements AutoCloseable {
    private static final Duration START_WAIT_MAX = Duration.ofSeconds(30);
    private static final long PROBE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ChildProcess process;
    private final Path socket;

    private SwTpm(ChildProcess process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    /**
     * Starts one, a new TPM if nothing is in the folder.
     *
     * @param folder of a path short enough for a socket in it, 80 characters
     */
    public static SwTpm start(Path folder) throws IOException {
        Path socket = folder.resolve("socket");
        List<String> command =
                List.of(
                        "sh",
                        "-c",
                        "echo starting; exec \"$0\" \"$@\"",
                        Peer.SWTPM.require().toString(),
                        "socket",
                        "--tpm2",
                        "--tpmstate=dir=" + folder,
                        "--server=type=unixio,path=" + socket,
                        "--ctrl=type=unixio,path=" + folder.resolve("control"),
                        "--flags=not-need-init,startup-clear");
        ChildProcess process =
                ChildProcess.start(
                        "swtpm",
                        command,
                        Map.of(),
                        folder.resolve("log"),
                        Pattern.compile("starting"),
                        START_WAIT_MAX);
        SwTpm tpm = new SwTpm(process, socket);
        tpm.awaitListening();
        return tpm;
    }

    private void awaitListening() throws IOException {
        long deadline = System.nanoTime() + START_WAIT_MAX.toNanos();
        while (!accepts()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                process.close();
                throw new IOException("swtpm: does not listen\n" + process.lastLines());
            }
            LockSupport.parkNanos(PROBE_PAUSE_NANOS);
        }
    }

    private boolean accepts() {
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Where it listens. */
    public Path socket() {
        return socket;
    }

    /** Ends it, as a machine that is switched off. */
    @Override
    public void close() {
        process.close();
    }
}
