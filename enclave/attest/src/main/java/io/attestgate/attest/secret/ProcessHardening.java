package io.attestgate.attest.secret;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;

/**
 * Makes this process one that other processes of its user cannot read, and that leaves no core
 * behind.
 *
 * <p>{@code PR_SET_DUMPABLE} 0 (prctl(2)) forbids ptrace and {@code /proc/self/mem} to all but
 * root; a core limit of 0 (setrlimit(2)) forbids dumps. Root inside the TEE is outside what this
 * can do, and so is the JVM's own heap dump, which needs the flag that asks for it.
 *
 * @param coreDumpsOff whether the core limit is 0
 * @param dumpableOff whether the process is not dumpable
 * @param memlock how much memory it may lock, in words
 * @param secretMemory what kind of pages secrets are in, with the reason if it is not the best
 */
public record ProcessHardening(
        boolean coreDumpsOff, boolean dumpableOff, String memlock, String secretMemory) {
    private static final long UNLIMITED = -1L;

    /** Applies both to the whole process, for good, and says what the kernel has then. */
    public static ProcessHardening apply() {
        boolean limited = succeeds(() -> LibC.setrlimit(LibC.RLIMIT_CORE, new long[] {0, 0}));
        boolean closed = succeeds(ProcessHardening::notDumpable);
        ProcessHardening reached = seen();
        assert reached.coreDumpsOff() || !limited;
        assert reached.dumpableOff() || !closed;
        return reached;
    }

    /** What the kernel says now, whoever asked for it. */
    public static ProcessHardening seen() {
        long[] core = {UNLIMITED, UNLIMITED};
        return new ProcessHardening(
                succeeds(() -> LibC.getrlimit(LibC.RLIMIT_CORE, core)) && core[0] == 0,
                succeeds(ProcessHardening::dumpable),
                memlockLimit(),
                HiddenPages.KERNEL.words());
    }

    /** 0 if it is not, as succeeding calls answer. */
    private static int dumpable() {
        NativeLong zero = new NativeLong(0);
        return LibC.prctl(LibC.PR_GET_DUMPABLE, zero, zero, zero, zero);
    }

    private static int notDumpable() {
        NativeLong zero = new NativeLong(0);
        return LibC.prctl(LibC.PR_SET_DUMPABLE, zero, zero, zero, zero);
    }

    /** The limit on locked memory, in words. */
    static String memlockLimit() {
        long[] limit = new long[2];
        if (!succeeds(() -> LibC.getrlimit(LibC.RLIMIT_MEMLOCK, limit))) {
            return "unknown";
        }
        return limit[0] == UNLIMITED ? "unlimited" : limit[0] + " bytes";
    }

    private interface Call {
        int make() throws LastErrorException;
    }

    private static boolean succeeds(Call call) {
        try {
            return call.make() == 0;
        } catch (LastErrorException e) {
            return false;
        }
    }
}
