package io.attestgate.attest.device;

/** A call of the kernel's failed, with this errno. */
public final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    private ErrnoException(String message, Errno errno) {
        super(message);
        this.errno = errno;
    }

    /**
     * Of a call such as {@code read /dev/nsm}.
     *
     * @param number the errno
     */
    public static ErrnoException of(String call, int number) {
        Errno errno = Errno.of(number);
        String name = errno == Errno.OTHER ? "errno " + number : errno.name();
        return new ErrnoException(call + ": " + name, errno);
    }

    public Errno errno() {
        return errno;
    }
}
