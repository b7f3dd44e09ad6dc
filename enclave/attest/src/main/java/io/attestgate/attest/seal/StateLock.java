package io.attestgate.attest.seal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.seal.SealException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The exclusive hold on a state directory: an advisory lock on its file {@code lock}, which the
 * kernel lets go of when the process ends in whatever way. The file says who holds it.
 */
public final class StateLock implements AutoCloseable {
    static final String FILE = "lock";

    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the hold, or says by {@link Reason#HELD} who has it. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result owns the channel and closes it.
    public static StateLock acquire(Path directory) throws SealException {
        Path file = directory.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(file, CREATE, WRITE);
            try {
                return acquire(channel, file);
            } catch (SealException | IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new SealException(Reason.DISK, "lock: " + e, e);
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // Passed on to the caller.
    private static StateLock acquire(FileChannel channel, Path file)
            throws SealException, IOException {
        try {
            Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
            if (lock.isEmpty()) {
                throw held(file, holder(file));
            }
        } catch (OverlappingFileLockException e) {
            throw held(file, "this process, " + ProcessHandle.current().pid());
        }
        byte[] pid =
                "%d\n".formatted(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
        int written = channel.truncate(0).write(ByteBuffer.wrap(pid));
        assert written == pid.length;
        return new StateLock(channel);
    }

    private static SealException held(Path file, String holder) {
        return new SealException(
                Reason.HELD,
                "state directory %s: held by %s (expected: held by no other process)"
                        .formatted(file.getParent(), holder));
    }

    private static String holder(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(20), StandardCharsets.UTF_8).strip();
            return text.matches("\\d+") ? "process " + text : "a process that is starting";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
