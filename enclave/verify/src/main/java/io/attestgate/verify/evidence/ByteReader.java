package io.attestgate.verify.evidence;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Takes fields off bytes that a peer wrote, one after the other; its numbers are little-endian, or
 * big-endian if it was made so.
 *
 * <p>A length is held against what is left before anything is allocated. One thread.
 */
public final class ByteReader {
    private final ByteBuffer bytes;

    private ByteReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Reads these bytes, which nobody may change meanwhile, with little-endian numbers. */
    public static ByteReader of(byte[] bytes) {
        return new ByteReader(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** Reads these bytes, which nobody may change meanwhile, with big-endian numbers. */
    public static ByteReader bigEndian(byte[] bytes) {
        return new ByteReader(ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN));
    }

    /** How many bytes were taken. */
    public int position() {
        return bytes.position();
    }

    /** How many are left. */
    public int remaining() {
        return bytes.remaining();
    }

    /** A copy of the next bytes. */
    public byte[] bytes(String name, int sizeBytes) throws MalformedException {
        require(name, sizeBytes);
        byte[] taken = new byte[sizeBytes];
        bytes.get(taken);
        return taken;
    }

    /** The next bytes as a value. */
    public Octets octets(String name, int sizeBytes) throws MalformedException {
        return Octets.of(bytes(name, sizeBytes));
    }

    /** As many bytes as a {@code uint16} before them says. */
    public byte[] bytes16(String name) throws MalformedException {
        return bytes(name, uint16(name + " size"));
    }

    /** As many bytes as a {@code uint32} before them says. */
    public byte[] bytes32(String name) throws MalformedException {
        long sizeBytes = uint32(name + " size");
        return bytes(name, (int) Math.min(sizeBytes, Integer.MAX_VALUE));
    }

    public int uint8(String name) throws MalformedException {
        require(name, Byte.BYTES);
        return Byte.toUnsignedInt(bytes.get());
    }

    public int uint16(String name) throws MalformedException {
        require(name, Short.BYTES);
        return Short.toUnsignedInt(bytes.getShort());
    }

    public long uint32(String name) throws MalformedException {
        require(name, Integer.BYTES);
        return Integer.toUnsignedLong(bytes.getInt());
    }

    /** Leaves bytes unread. */
    public void skip(String name, int sizeBytes) throws MalformedException {
        require(name, sizeBytes);
        bytes.position(bytes.position() + sizeBytes);
    }

    /** Nothing may be left. */
    public void end(String name) throws MalformedException {
        if (bytes.hasRemaining()) {
            throw new MalformedException(
                    name, bytes.remaining() + " more bytes", "no bytes after its last field");
        }
    }

    /** Only zero bytes may be left: buffers of quotes are padded. */
    public void padding(String name) throws MalformedException {
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                throw new MalformedException(
                        name,
                        "another byte at " + (bytes.position() - 1),
                        "zero bytes only after its last field");
            }
        }
    }

    private void require(String name, int sizeBytes) throws MalformedException {
        if (sizeBytes > bytes.remaining()) {
            throw new MalformedException(
                    name, bytes.remaining() + " bytes left", sizeBytes + " bytes");
        }
    }
}
