package io.attestgate.policy.beacon.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A container's fields from its SSZ encoding: fixed parts in order, offsets that leave no gap, no
 * byte too many (SSZ, Deserialization).
 */
final class SszFields implements Fields {
    private final String path;
    private final List<byte[]> fields;
    private int taken;

    private SszFields(String path, List<byte[]> fields) {
        this.path = path;
        this.fields = fields;
    }

    static SszFields of(String path, Layout layout, byte[] bytes) throws Malformed {
        if (bytes.length < layout.fixedBytes()) {
            throw size(path, bytes.length, "at least " + layout.fixedBytes());
        }
        List<byte[]> fields = new ArrayList<>();
        List<Integer> variable = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        int at = 0;
        for (int sizeBytes : layout.sizesBytes()) {
            if (sizeBytes == Layout.VARIABLE) {
                variable.add(fields.size());
                offsets.add(offset(path, bytes, at));
                fields.add(new byte[0]);
                at += Layout.OFFSET_BYTES;
            } else {
                fields.add(Arrays.copyOfRange(bytes, at, at + sizeBytes));
                at += sizeBytes;
            }
        }
        offsets.add(bytes.length);
        if (offsets.getFirst() != at) {
            throw size(path, offsets.getFirst(), "the first offset, or the end, at " + at);
        }
        for (int i = 0; i < variable.size(); i++) {
            if (offsets.get(i) > offsets.get(i + 1)) {
                throw size(path, offsets.get(i), "offsets in order, within the container");
            }
            fields.set(
                    variable.get(i), Arrays.copyOfRange(bytes, offsets.get(i), offsets.get(i + 1)));
        }
        return new SszFields(path, fields);
    }

    private static int offset(String path, byte[] bytes, int at) throws Malformed {
        long offset = littleEndian(bytes, at, Layout.OFFSET_BYTES);
        if (offset > bytes.length) {
            throw new Malformed(path, "offset " + offset, "within " + bytes.length + " bytes");
        }
        return (int) offset;
    }

    private static long littleEndian(byte[] bytes, int at, int sizeBytes) {
        long value = 0;
        for (int i = sizeBytes - 1; i >= 0; i--) {
            value = value << Byte.SIZE | (bytes[at + i] & 0xff);
        }
        return value;
    }

    @Override
    public long uint64(String name) throws Malformed {
        return littleEndian(next(name, Long.BYTES), 0, Long.BYTES);
    }

    @Override
    public ByteString uint256(String name) throws Malformed {
        return bytes(name, 32);
    }

    @Override
    public ByteString bytes(String name, int sizeBytes) throws Malformed {
        return ByteString.of(next(name, sizeBytes));
    }

    @Override
    public ByteString list(String name, int sizeBytesMax) throws Malformed {
        byte[] list = fields.get(taken++);
        if (list.length > sizeBytesMax) {
            throw size(path + "." + name, list.length, "at most " + sizeBytesMax);
        }
        return ByteString.of(list);
    }

    @Override
    public List<ByteString> vectors(String name, int count, int sizeBytes) throws Malformed {
        byte[] all = next(name, count * sizeBytes);
        List<ByteString> vectors = new ArrayList<>();
        for (int at = 0; at < all.length; at += sizeBytes) {
            vectors.add(ByteString.of(Arrays.copyOfRange(all, at, at + sizeBytes)));
        }
        return vectors;
    }

    @Override
    public Fields container(String name, Layout layout) throws Malformed {
        return of(path + "." + name, layout, fields.get(taken++));
    }

    @Override
    public void end() {
        if (taken != fields.size()) {
            throw new AssertionError(path + ": a layout of other fields than are read");
        }
    }

    @Override
    public String path() {
        return path;
    }

    private byte[] next(String name, int sizeBytes) throws Malformed {
        byte[] field = fields.get(taken++);
        if (field.length != sizeBytes) {
            throw size(path + "." + name, field.length, Integer.toString(sizeBytes));
        }
        return field;
    }

    private static Malformed size(String path, int found, String expected) {
        return new Malformed(path, found + " bytes", expected + " bytes");
    }
}
