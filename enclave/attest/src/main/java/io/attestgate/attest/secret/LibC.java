package io.attestgate.attest.secret;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The calls of Linux's C library that this package makes; numbers are those of its headers. */
final class LibC {
    static final int PROT_READ_WRITE = 1 | 2;
    static final int MAP_SHARED = 1;
    static final int MAP_PRIVATE_ANONYMOUS = 2 | 32;
    static final int MADV_DONTDUMP = 16;
    static final int MADV_DONTFORK = 10;
    static final int PR_GET_DUMPABLE = 3;
    static final int PR_SET_DUMPABLE = 4;
    static final int RLIMIT_CORE = 4;
    static final int RLIMIT_MEMLOCK = 8;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    static native Pointer mmap(
            Pointer address, NativeLong length, int prot, int flags, int fd, NativeLong offset)
            throws LastErrorException;

    /** A call that the library has no name for; both arguments of it are words. */
    static native NativeLong syscall(NativeLong number, NativeLong argument)
            throws LastErrorException;

    static native int ftruncate(int fd, NativeLong length) throws LastErrorException;

    static native int close(int fd) throws LastErrorException;

    static native int munmap(Pointer address, NativeLong length) throws LastErrorException;

    static native int mlock(Pointer address, NativeLong length) throws LastErrorException;

    static native int madvise(Pointer address, NativeLong length, int advice)
            throws LastErrorException;

    static native int prctl(
            int option, NativeLong arg2, NativeLong arg3, NativeLong arg4, NativeLong arg5)
            throws LastErrorException;

    /** {@code limit} is soft, hard; both 64 bits on 64-bit Linux. */
    static native int getrlimit(int resource, long[] limit) throws LastErrorException;

    static native int setrlimit(int resource, long[] limit) throws LastErrorException;
}
