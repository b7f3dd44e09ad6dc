package io.attestgate.attest.device;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;

/** The calls of Linux's C library that this package makes; numbers are those of its headers. */
final class LibC {
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CLOEXEC = 0x80000;

    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    static native int open(String path, int flags) throws LastErrorException;

    static native NativeLong read(int fd, byte[] buffer, NativeLong count)
            throws LastErrorException;

    static native NativeLong write(int fd, byte[] buffer, NativeLong count)
            throws LastErrorException;

    static native int close(int fd) throws LastErrorException;

    static native int mkdir(String path, int mode) throws LastErrorException;

    static native int rmdir(String path) throws LastErrorException;

    static native int ioctl(int fd, NativeLong request, Pointer argument) throws LastErrorException;
}
