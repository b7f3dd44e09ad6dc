package io.attestgate.attest.secret;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/**
 * Pages that the kernel takes out of its own map of memory (memfd_secret(2), Linux 5.14): neither a
 * debugger, nor another process, nor a bug that reads kernel memory finds them.
 *
 * @param words {@code memfd_secret}, or why this kernel has none
 */
record HiddenPages(boolean areThere, String words) {
    private static final long SYS_MEMFD_SECRET = 447; // On every architecture.
    private static final int O_CLOEXEC = 0x80000;
    private static final int PROBE_BYTES = 4096;

    /** What the running kernel said when it was first asked; it does not change its mind. */
    static final HiddenPages KERNEL = asked();

    private static HiddenPages asked() {
        try {
            LockedPages.free(Pointer.nativeValue(mapped(PROBE_BYTES)), PROBE_BYTES);
            return new HiddenPages(true, "memfd_secret");
        } catch (LastErrorException e) {
            return new HiddenPages(
                    false, "locked pages, since memfd_secret gave errno " + e.getErrorCode());
        }
    }

    static Pointer map(int sizeBytes) {
        try {
            return mapped(sizeBytes);
        } catch (LastErrorException e) {
            throw LockedPages.outOfLimit(e, sizeBytes);
        }
    }

    /** The mapping keeps the pages; the descriptor that names them is closed at once. */
    private static Pointer mapped(int sizeBytes) throws LastErrorException {
        int fd =
                LibC.syscall(new NativeLong(SYS_MEMFD_SECRET), new NativeLong(O_CLOEXEC))
                        .intValue();
        try {
            NativeLong size = new NativeLong(sizeBytes);
            int sized = LibC.ftruncate(fd, size);
            assert sized == 0;
            return LibC.mmap(
                    Pointer.NULL,
                    size,
                    LibC.PROT_READ_WRITE,
                    LibC.MAP_SHARED,
                    fd,
                    new NativeLong(0));
        } finally {
            int closed = LibC.close(fd);
            assert closed == 0;
        }
    }
}
