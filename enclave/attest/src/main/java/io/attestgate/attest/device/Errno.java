package io.attestgate.attest.device;

import java.util.Arrays;

/** Errors of Linux that devices answer with (asm-generic/errno.h, which amd64 and arm64 share). */
public enum Errno {
    EPERM(1),
    ENOENT(2),
    EINTR(4),
    EIO(5),
    ENXIO(6),
    /** Also called EWOULDBLOCK. */
    EAGAIN(11),
    ENOMEM(12),
    EACCES(13),
    EFAULT(14),
    EBUSY(16),
    EEXIST(17),
    ENODEV(19),
    EINVAL(22),
    ENOTTY(25),
    ETXTBSY(26),
    EFBIG(27),
    ENOSPC(28),
    ENOSYS(38),
    EBADMSG(74),
    ETIMEDOUT(110),
    /** Any that has no name here. */
    OTHER(-1);

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** The number, -1 of {@link #OTHER}. */
    public int number() {
        return number;
    }

    static Errno of(int number) {
        return Arrays.stream(values())
                .filter(errno -> errno.number == number)
                .findFirst()
                .orElse(OTHER);
    }
}
