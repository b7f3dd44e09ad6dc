package io.attestgate.attest.tpm;

import java.nio.ByteBuffer;

/**
 * Takes big-endian fields off an answer, one after the other. A length is held against what is left
 * before anything is allocated. One thread.
 */
final class TpmReader {
    private final String name;
    private final ByteBuffer bytes;

    private TpmReader(String name, ByteBuffer bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /**
     * @param name whose fields these are, for messages
     */
    static TpmReader of(String name, byte[] bytes) {
        return new TpmReader(name, ByteBuffer.wrap(bytes));
    }

    int uint8(String field) throws TpmException {
        return Byte.toUnsignedInt(take(field, Byte.BYTES).get());
    }

    int uint16(String field) throws TpmException {
        return Short.toUnsignedInt(take(field, Short.BYTES).getShort());
    }

    int int32(String field) throws TpmException {
        return take(field, Integer.BYTES).getInt();
    }

    long int64(String field) throws TpmException {
        return take(field, Long.BYTES).getLong();
    }

    byte[] bytes(String field, int sizeBytes) throws TpmException {
        ByteBuffer from = take(field, sizeBytes);
        byte[] taken = new byte[from.remaining()];
        from.get(taken);
        return taken;
    }

    /** A {@code TPM2B}. */
    byte[] sized(String field) throws TpmException {
        return bytes(field, uint16(field + " size"));
    }

    /** All that is left. */
    byte[] rest(String field) throws TpmException {
        return bytes(field, bytes.remaining());
    }

    int remaining() {
        return bytes.remaining();
    }

    /** Nothing may be left. */
    void end() throws TpmException {
        if (bytes.hasRemaining()) {
            throw malformed(bytes.remaining() + " more bytes", "none after its last field");
        }
    }

    /** Of the answer that is being read. */
    TpmException malformed(String found, String expected) {
        return TpmException.of(TpmException.Reason.MALFORMED, name, found, expected);
    }

    private ByteBuffer take(String field, int sizeBytes) throws TpmException {
        if (sizeBytes < 0 || sizeBytes > bytes.remaining()) {
            throw malformed(
                    "%d bytes left".formatted(bytes.remaining()),
                    "%d for its %s".formatted(sizeBytes, field));
        }
        ByteBuffer taken = bytes.slice(bytes.position(), sizeBytes);
        bytes.position(bytes.position() + sizeBytes);
        return taken;
    }
}
