package io.attestgate.attest.nitro;

import com.sun.jna.Memory;
import io.attestgate.attest.device.DeviceFile;
import io.attestgate.attest.device.ErrnoException;
import io.attestgate.attest.platform.PlatformException;
import java.nio.file.Path;

/**
 * The module behind {@code /dev/nsm}, by the driver's one request, {@code NSM_IOCTL_RAW} (Linux,
 * drivers/misc/nsm.c).
 *
 * <p>It takes {@code struct nsm_raw}: address and length of the request's buffer, then of the
 * answer's, 64 bits each; the driver writes the answer's length back. Safe for use by several
 * threads: each call opens the device for itself, and the driver serves one at a time.
 */
final class NsmFile implements NsmDevice {
    /** {@code _IOWR(0x0A, 0, struct nsm_raw)}: both ways, 32 bytes. */
    private static final long NSM_IOCTL_RAW = 3L << 30 | 32L << 16 | 0x0AL << 8;

    private static final int REQUEST_ADDRESS = 0;
    private static final int REQUEST_LENGTH = 8;
    private static final int RESPONSE_ADDRESS = 16;
    private static final int RESPONSE_LENGTH = 24;
    private static final int RAW_BYTES = 32;

    private final Path path;

    NsmFile(Path path) {
        this.path = path;
    }

    @Override
    public byte[] process(byte[] request) throws PlatformException {
        if (request.length == 0 || request.length > REQUEST_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "request: %d bytes (expected: 1 to %d)"
                            .formatted(request.length, REQUEST_BYTES_MAX));
        }
        try (DeviceFile nsm = DeviceFile.open(path, DeviceFile.Mode.READ_WRITE)) {
            return process(nsm, request);
        } catch (ErrnoException e) {
            throw new PlatformException(
                    "%s (expected: a Nitro Security Module)".formatted(e.getMessage()), e);
        }
    }

    private byte[] process(DeviceFile nsm, byte[] request)
            throws ErrnoException, PlatformException {
        try (Memory sent = new Memory(request.length);
                Memory received = new Memory(RESPONSE_BYTES_MAX);
                Memory raw = new Memory(RAW_BYTES)) {
            sent.write(0, request, 0, request.length);
            raw.setPointer(REQUEST_ADDRESS, sent);
            raw.setLong(REQUEST_LENGTH, request.length);
            raw.setPointer(RESPONSE_ADDRESS, received);
            raw.setLong(RESPONSE_LENGTH, RESPONSE_BYTES_MAX);
            nsm.ioctl(NSM_IOCTL_RAW, raw);
            long length = raw.getLong(RESPONSE_LENGTH);
            if (length <= 0 || length > RESPONSE_BYTES_MAX) {
                throw new PlatformException(
                        "%s: an answer of %d bytes (expected: 1 to %d)"
                                .formatted(path, length, RESPONSE_BYTES_MAX));
            }
            return received.getByteArray(0, (int) length);
        }
    }
}
