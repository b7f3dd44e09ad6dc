package io.attestgate.attest.tpm;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.attestgate.attest.secret.ErasableBytes;

/** Puts fields one after the other in the TPM's order of bytes, big-endian (Part 2 §4.2). */
final class TpmWriter {
    private final ErasableBytes bytes = new ErasableBytes();

    @CanIgnoreReturnValue
    TpmWriter uint8(int value) {
        bytes.write(value);
        return this;
    }

    @CanIgnoreReturnValue
    TpmWriter uint16(int value) {
        return uint8(value >>> 8).uint8(value);
    }

    @CanIgnoreReturnValue
    TpmWriter uint32(long value) {
        return uint16((int) (value >>> 16)).uint16((int) value);
    }

    @CanIgnoreReturnValue
    TpmWriter uint64(long value) {
        return uint32(value >>> 32).uint32(value);
    }

    @CanIgnoreReturnValue
    TpmWriter bytes(byte[] value) {
        bytes.write(value);
        return this;
    }

    /** A {@code TPM2B}: a {@code uint16} size and so many bytes (Part 2 §10.4). */
    @CanIgnoreReturnValue
    TpmWriter sized(byte[] value) {
        return uint16(value.length).bytes(value);
    }

    byte[] toBytes() {
        return bytes.toBytes();
    }

    /** Zeroes what was put, but for copies that were taken. */
    void erase() {
        bytes.erase();
    }
}
