package io.attestgate.attest.secret;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/**
 * Whole pages that are never swapped out, never in a core dump and never in a child process.
 *
 * <p>Zero when allocated; whoever frees them zeroes them first.
 */
final class LockedPages {
    private static final SparePages SPARE = new SparePages();

    private LockedPages() {}

    /** Pages that the kernel itself does not see, where it has such. */
    static long allocate(int sizeBytes) {
        return sizeBytes <= SparePages.PAGE_BYTES
                ? SPARE.take().orElseGet(() -> taken(SparePages.PAGE_BYTES))
                : taken(sizeBytes);
    }

    /** Gives up what {@link #allocate} gave, zeroed. */
    static void release(long address, int sizeBytes) {
        if (sizeBytes > SparePages.PAGE_BYTES) {
            free(address, sizeBytes);
        } else if (!SPARE.keep(address)) {
            free(address, SparePages.PAGE_BYTES);
        }
    }

    private static long taken(int sizeBytes) {
        return HiddenPages.KERNEL.areThere()
                ? protect(HiddenPages.map(sizeBytes), sizeBytes)
                : allocateSeen(sizeBytes);
    }

    /** Pages that the kernel may read and write for a system call. */
    static long allocateSeen(int sizeBytes) {
        Pointer pages;
        try {
            pages =
                    LibC.mmap(
                            Pointer.NULL,
                            new NativeLong(sizeBytes),
                            LibC.PROT_READ_WRITE,
                            LibC.MAP_PRIVATE_ANONYMOUS,
                            -1,
                            new NativeLong(0));
        } catch (LastErrorException e) {
            throw new OutOfLockedMemory("mmap: errno %d".formatted(e.getErrorCode()), e);
        }
        return lock(pages, sizeBytes);
    }

    private static long lock(Pointer pages, int sizeBytes) {
        try {
            int locked = LibC.mlock(pages, new NativeLong(sizeBytes));
            assert locked == 0;
        } catch (LastErrorException e) {
            free(Pointer.nativeValue(pages), sizeBytes);
            throw outOfLimit(e, sizeBytes);
        }
        return protect(pages, sizeBytes);
    }

    /** Hidden pages are locked and out of dumps from the start; to say so again changes nothing. */
    private static long protect(Pointer pages, int sizeBytes) {
        NativeLong size = new NativeLong(sizeBytes);
        try {
            int kept = LibC.madvise(pages, size, LibC.MADV_DONTDUMP);
            int alone = LibC.madvise(pages, size, LibC.MADV_DONTFORK);
            assert kept == 0 && alone == 0;
        } catch (LastErrorException e) {
            free(Pointer.nativeValue(pages), sizeBytes);
            throw outOfLimit(e, sizeBytes);
        }
        return Pointer.nativeValue(pages);
    }

    static OutOfLockedMemory outOfLimit(LastErrorException e, int sizeBytes) {
        return new OutOfLockedMemory(
                ("locked memory: errno %d for %d bytes (expected: a limit that allows them; it is"
                                + " %s; see \"ulimit -l\")")
                        .formatted(e.getErrorCode(), sizeBytes, ProcessHardening.memlockLimit()),
                e);
    }

    /** Unmaps pages. */
    static void free(long address, int sizeBytes) {
        int unmapped = LibC.munmap(new Pointer(address), new NativeLong(sizeBytes));
        assert unmapped == 0;
    }
}
