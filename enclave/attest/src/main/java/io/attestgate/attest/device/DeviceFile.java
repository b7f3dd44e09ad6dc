package io.attestgate.attest.device;

import com.google.errorprone.annotations.MustBeClosed;
import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An open device or attribute, read and written as its driver expects: each write is one call, and
 * an error keeps its number, which Java's own channels lose. One thread.
 */
public final class DeviceFile implements AutoCloseable {
    private static final int CHUNK_BYTES = 4096;
    private static final int OWNER_ONLY = 0700;

    private final Path path;
    private final int fd;
    private boolean closed;

    private DeviceFile(Path path, int fd) {
        this.path = path;
        this.fd = fd;
    }

    /** How it is opened; a device may serve one way only. */
    public enum Mode {
        READ(LibC.O_RDONLY),
        WRITE(LibC.O_WRONLY),
        READ_WRITE(LibC.O_RDWR);

        private final int flag;

        Mode(int flag) {
            this.flag = flag;
        }
    }

    /** Opens what is there; nothing is made. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    public static DeviceFile open(Path path, Mode mode) throws ErrnoException {
        int flags = mode.flag | LibC.O_CLOEXEC;
        int fd = asked("open " + path, () -> LibC.open(path.toString(), flags));
        return new DeviceFile(path, fd);
    }

    /** Makes a directory in which the kernel makes files, as configfs does. */
    public static void makeDirectory(Path path) throws ErrnoException {
        int made = asked("mkdir " + path, () -> LibC.mkdir(path.toString(), OWNER_ONLY));
        assert made == 0;
    }

    /** Removes such a directory with the kernel's files in it. */
    public static void removeDirectory(Path path) throws ErrnoException {
        int removed = asked("rmdir " + path, () -> LibC.rmdir(path.toString()));
        assert removed == 0;
    }

    /**
     * Everything up to its end; of more than {@code sizeBytesMax} bytes one byte more, so that the
     * caller sees it is too large. No copy stays behind.
     */
    public byte[] read(int sizeBytesMax) throws ErrnoException {
        ZeroedOutput all = new ZeroedOutput();
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            int got = read(chunk);
            while (got > 0 && all.size() <= sizeBytesMax) {
                all.write(chunk, 0, Math.min(got, sizeBytesMax + 1 - all.size()));
                got = read(chunk);
            }
            return all.toByteArray();
        } finally {
            Arrays.fill(chunk, (byte) 0);
            all.zero();
        }
    }

    private int read(byte[] chunk) throws ErrnoException {
        NativeLong count = new NativeLong(chunk.length);
        return asked("read " + path, () -> LibC.read(fd, chunk, count).intValue());
    }

    /** Writes all of it in one call; a driver that takes less refuses it. */
    public void write(byte[] content) throws ErrnoException {
        NativeLong count = new NativeLong(content.length);
        int taken = asked("write " + path, () -> LibC.write(fd, content, count).intValue());
        if (taken != content.length) {
            throw ErrnoException.of(
                    "write %s: %d of %d bytes".formatted(path, taken, content.length),
                    Errno.EIO.number());
        }
    }

    /** A request of the driver's own, on a structure that both know. */
    public void ioctl(long request, Pointer argument) throws ErrnoException {
        int answer =
                asked("ioctl " + path, () -> LibC.ioctl(fd, new NativeLong(request), argument));
        assert answer >= 0;
    }

    /** A second call does nothing. */
    @Override
    public void close() throws ErrnoException {
        if (!closed) {
            closed = true;
            int done = asked("close " + path, () -> LibC.close(fd));
            assert done == 0;
        }
    }

    private interface Call {
        int make() throws LastErrorException;
    }

    private static int asked(String name, Call call) throws ErrnoException {
        try {
            return call.make();
        } catch (LastErrorException e) {
            throw ErrnoException.of(name, e.getErrorCode());
        }
    }

    /** Output whose buffer can be zeroed: keys are read by this class too. */
    private static final class ZeroedOutput extends ByteArrayOutputStream {
        ZeroedOutput() {
            super(CHUNK_BYTES);
        }

        void zero() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
