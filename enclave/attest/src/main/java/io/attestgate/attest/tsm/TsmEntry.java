package io.attestgate.attest.tsm;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import io.attestgate.verify.evidence.Octets;
import java.nio.charset.StandardCharsets;

/**
 * One conversation with the platform: a directory of our own, which is removed at its end. One
 * thread.
 *
 * <p>The kernel counts in {@code generation} what is written into the directory. A report is ours
 * only if that count has moved by our own writes and by no other, from before the first of them
 * until after the last reading. The count is also the only sign that a binary attribute took what
 * was written: configfs passes it on when the file is closed, and no error comes back from there.
 */
final class TsmEntry implements AutoCloseable {
    private static final String GENERATION = "generation";
    private static final String PRIVLEVEL = "privlevel";
    private static final String AUXBLOB = "auxblob";
    private static final int TEXT_BYTES_MAX = 64;

    /** Twice what the kernel itself lets through, and all that a verifier reads. */
    private static final int BLOB_BYTES_MAX = 64 * 1024;

    private final TsmFiles files;
    private final String name;

    private TsmEntry(TsmFiles files, String name) {
        this.files = files;
        this.name = name;
    }

    /** Begins one; a directory of that name that is there already is another's, and an error. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    static TsmEntry make(TsmFiles files, String name) throws ErrnoException {
        files.make(name);
        return new TsmEntry(files, name);
    }

    /** Who answers here. */
    String provider() throws ErrnoException {
        return text("provider");
    }

    /**
     * A report over those bytes.
     *
     * @throws ErrnoException EAGAIN if another wrote here meanwhile, or what was written was not
     *     taken
     */
    TsmReport report(byte[] inblob) throws ErrnoException {
        long count = generation();
        count += choosePrivilege();
        files.write(name, "inblob", inblob);
        count++;
        requireGeneration(count);
        Octets outblob = blob("outblob");
        Octets auxblob = files.has(name, AUXBLOB) ? blob(AUXBLOB) : Octets.of(new byte[0]);
        TsmReport report = new TsmReport(provider(), outblob, auxblob);
        requireGeneration(count);
        return report;
    }

    private void requireGeneration(long expected) throws ErrnoException {
        long found = generation();
        if (found != expected) {
            throw ErrnoException.of(
                    "generation: %s (expected: %s, after what we wrote)"
                            .formatted(
                                    Long.toUnsignedString(found), Long.toUnsignedString(expected)),
                    Errno.EAGAIN.number());
        }
    }

    /**
     * Asks at the level that the guest runs at, where the driver has levels: it refuses the ones
     * above. Returns how often that wrote.
     */
    private int choosePrivilege() throws ErrnoException {
        if (!files.has(name, PRIVLEVEL)) {
            return 0;
        }
        String floor = text("privlevel_floor");
        files.write(name, PRIVLEVEL, floor.getBytes(StandardCharsets.US_ASCII));
        return 1;
    }

    private long generation() throws ErrnoException {
        String text = text(GENERATION);
        try {
            return Long.parseUnsignedLong(text);
        } catch (NumberFormatException e) {
            throw ErrnoException.of("generation: \"%s\"".formatted(text), Errno.EINVAL.number());
        }
    }

    private String text(String attribute) throws ErrnoException {
        byte[] bytes = files.read(name, attribute, TEXT_BYTES_MAX);
        return new String(bytes, StandardCharsets.US_ASCII).strip();
    }

    private Octets blob(String attribute) throws ErrnoException {
        byte[] bytes = files.read(name, attribute, BLOB_BYTES_MAX);
        if (bytes.length > BLOB_BYTES_MAX) {
            throw ErrnoException.of(
                    "%s: more than %d bytes".formatted(attribute, BLOB_BYTES_MAX),
                    Errno.EFBIG.number());
        }
        return Octets.of(bytes);
    }

    @Override
    public void close() throws ErrnoException {
        files.remove(name);
    }
}
