package io.attestgate.attest.tsm;

import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import io.attestgate.attest.platform.PlatformException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reports by configfs-tsm, each in a directory of its own, so that nobody else's writes are in it.
 *
 * <p>What passes by itself is tried again, at most {@link #ATTEMPTS_MAX} times with growing pauses;
 * what does not is an error at once, with what it means. Safe for use by several threads.
 */
final class TsmReports {
    /** With the pauses between them, a second and a half. */
    static final int ATTEMPTS_MAX = 5;

    private static final Duration PAUSE_FIRST = Duration.ofMillis(100);

    /**
     * EBUSY: of TDX, the host still has the request before. EAGAIN: above. EINTR: a signal came
     * while the driver waited.
     */
    private static final Set<Errno> PASSING = EnumSet.of(Errno.EBUSY, Errno.EAGAIN, Errno.EINTR);

    private final TsmFiles files;
    private final Supplier<String> names;
    private final Consumer<Duration> pause;

    /**
     * @param names of directories, none twice, of no other process
     * @param pause waits so long
     */
    TsmReports(TsmFiles files, Supplier<String> names, Consumer<Duration> pause) {
        this.files = files;
        this.names = names;
        this.pause = pause;
    }

    private interface Question<T> {
        T ask(TsmEntry entry) throws ErrnoException;
    }

    /** A report over at most 64 bytes. */
    TsmReport make(byte[] inblob) throws PlatformException {
        return answer(entry -> entry.report(inblob));
    }

    /** Whose reports these are. */
    String provider() throws PlatformException {
        return answer(TsmEntry::provider);
    }

    private <T> T answer(Question<T> question) throws PlatformException {
        for (int attempt = 1; attempt < ATTEMPTS_MAX; attempt++) {
            try {
                return asked(question);
            } catch (ErrnoException e) {
                requirePassing(e);
                pause.accept(PAUSE_FIRST.multipliedBy(1L << (attempt - 1)));
            }
        }
        try {
            return asked(question);
        } catch (ErrnoException e) {
            throw failed(e);
        }
    }

    private <T> T asked(Question<T> question) throws ErrnoException {
        try (TsmEntry entry = TsmEntry.make(files, names.get())) {
            return question.ask(entry);
        }
    }

    private static void requirePassing(ErrnoException e) throws PlatformException {
        if (!PASSING.contains(e.errno())) {
            throw failed(e);
        }
    }

    private static PlatformException failed(ErrnoException e) {
        return new PlatformException(
                "configfs-tsm: %s (expected: %s)".formatted(e.getMessage(), expected(e.errno())),
                e);
    }

    /** What must be so that the error goes away. */
    private static String expected(Errno errno) {
        return switch (errno) {
            case ENOENT -> "configfs at /sys/kernel/config, with tsm/report of Linux 6.7 or later";
            case ENXIO -> "a driver that makes reports: tdx_guest or sev-guest";
            case EACCES, EPERM -> "a process that may write there, which root may";
            case EEXIST -> "a name that nobody else took";
            case EINVAL -> "64 bytes, asked at a privilege level that the guest has";
            case EFBIG -> "a report within the kernel's and our bounds";
            case EIO -> "a host that makes reports";
            case ETIMEDOUT -> "a host that answers in time";
            case ENOTTY -> "a guest whose message key is not wiped, which takes a new start of it";
            case EBUSY, EAGAIN, EINTR -> "a report within " + ATTEMPTS_MAX + " attempts";
            default -> "a report";
        };
    }
}
