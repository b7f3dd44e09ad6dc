package io.attestgate.attest.tsm;

import com.google.errorprone.annotations.MustBeClosed;
import com.sun.jna.Pointer;
import io.attestgate.attest.device.Errno;
import io.attestgate.attest.device.ErrnoException;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.secret.SecretMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Keys of the secure processor (Linux, Documentation/virt/coco/sev-guest.rst, 2.2; structures of
 * include/uapi/linux/sev-guest.h).
 *
 * <p>Request and answer lie in one piece of locked memory: the key touches no heap.
 */
final class SevGuest {
    /** {@code _IOWR('S', 0x1, struct snp_guest_request_ioctl)}, which has 32 bytes. */
    static final long SNP_GET_DERIVED_KEY = 0xC0205301L;

    /** Within {@code struct snp_guest_request_ioctl}. */
    private static final int REQUEST_ADDRESS = 8;

    private static final int ANSWER_ADDRESS = 16;
    private static final int ERRORS = 24;
    private static final int IOCTL_BYTES = 32;

    private static final int ANSWER = IOCTL_BYTES + DerivedKeyRequest.SIZE_BYTES;
    private static final int ANSWER_BYTES = 64;

    /** Within MSG_KEY_RSP (SEV-SNP Firmware ABI, 7.2). */
    private static final int KEY = 32;

    private static final int KEY_BYTES = 32;

    private static final ValueLayout.OfInt UINT32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong UINT64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final SevIoctl device;

    SevGuest(SevIoctl device) {
        this.device = device;
    }

    /** The 32 bytes for that request; always the same ones. */
    @MustBeClosed
    SecretMemory derivedKey(DerivedKeyRequest request) throws PlatformException {
        try (SecretMemory message = SecretMemory.allocateForKernel(ANSWER + ANSWER_BYTES)) {
            MemorySegment bytes = message.bytes();
            fill(bytes, request);
            call(bytes);
            requireSuccess(bytes.get(UINT32, ANSWER));
            return key(bytes.asSlice(ANSWER + KEY, KEY_BYTES));
        }
    }

    private static void fill(MemorySegment bytes, DerivedKeyRequest request) {
        bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) 1); // msg_version, which must not be 0.
        bytes.set(UINT64, REQUEST_ADDRESS, bytes.address() + IOCTL_BYTES);
        bytes.set(UINT64, ANSWER_ADDRESS, bytes.address() + ANSWER);
        MemorySegment.copy(
                request.toBytes(),
                0,
                bytes,
                ValueLayout.JAVA_BYTE,
                IOCTL_BYTES,
                DerivedKeyRequest.SIZE_BYTES);
    }

    private void call(MemorySegment bytes) throws PlatformException {
        try {
            device.call(SNP_GET_DERIVED_KEY, new Pointer(bytes.address()));
        } catch (ErrnoException e) {
            throw new PlatformException(
                    "derived key: %s, firmware 0x%x (expected: %s)"
                            .formatted(
                                    e.getMessage(), bytes.get(UINT64, ERRORS), expected(e.errno())),
                    e);
        }
    }

    private static String expected(Errno errno) {
        return switch (errno) {
            case ENOENT, ENXIO, ENODEV -> "the driver sev-guest, in a guest of SEV-SNP";
            case EACCES, EPERM -> "a process that may open it, which root may";
            case ENOTTY -> "a guest whose message key is not wiped, which takes a new start of it";
            case ETIMEDOUT -> "a host that answers in time";
            default -> "a key";
        };
    }

    /** STATUS: 0x16 is invalid parameters, 0x27 an invalid selection of the root. */
    private static void requireSuccess(int status) throws PlatformException {
        if (status != 0) {
            throw new PlatformException(
                    "derived key: status 0x%x (expected: 0, success)".formatted(status));
        }
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    private static SecretMemory key(MemorySegment answer) throws PlatformException {
        SecretMemory key = SecretMemory.allocate(KEY_BYTES);
        if (answer.mismatch(key.bytes()) < 0) { // Still zero, as it was allocated.
            key.close();
            throw new PlatformException("derived key: zero (expected: a key)");
        }
        MemorySegment.copy(answer, 0, key.bytes(), 0, KEY_BYTES);
        return key;
    }
}
