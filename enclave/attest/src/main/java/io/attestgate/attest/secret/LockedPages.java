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
    private LockedPages() {}

    static long allocate(int sizeBytes) {
        NativeLong size = new NativeLong(sizeBytes);
        Pointer pages;
        try {
            pages =
                    LibC.mmap(
                            Pointer.NULL,
                            size,
                            LibC.PROT_READ_WRITE,
                            LibC.MAP_PRIVATE_ANONYMOUS,
                            -1,
                            new NativeLong(0));
        } catch (LastErrorException e) {
            throw new OutOfLockedMemory("mmap: errno %d".formatted(e.getErrorCode()), e);
        }
        try {
            int locked = LibC.mlock(pages, size);
            int kept = LibC.madvise(pages, size, LibC.MADV_DONTDUMP);
            int alone = LibC.madvise(pages, size, LibC.MADV_DONTFORK);
            assert locked == 0 && kept == 0 && alone == 0;
        } catch (LastErrorException e) {
            free(Pointer.nativeValue(pages), sizeBytes);
            throw new OutOfLockedMemory(
                    ("locked memory: errno %d for %d bytes (expected: a limit that allows them; it"
                                    + " is %s; see \"ulimit -l\")")
                            .formatted(
                                    e.getErrorCode(), sizeBytes, ProcessHardening.memlockLimit()),
                    e);
        }
        return Pointer.nativeValue(pages);
    }

    static void free(long address, int sizeBytes) {
        int unmapped = LibC.munmap(new Pointer(address), new NativeLong(sizeBytes));
        assert unmapped == 0;
    }
}
