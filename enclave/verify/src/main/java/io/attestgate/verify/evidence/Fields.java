package io.attestgate.verify.evidence;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The named fields of a structure of fixed size, cut from its bytes in their order.
 *
 * <p>A name that begins with a dot is reserved: it takes its place and has no name for readers.
 */
public final class Fields {
    private final SortedMap<String, Octets> values = new TreeMap<>();

    /**
     * @param layout names and sizes in turn, which together have as many bytes as there are
     */
    public static Fields cut(byte[] bytes, Object... layout) {
        Fields fields = new Fields();
        int at = 0;
        for (int i = 0; i < layout.length; i += 2) {
            String name = (String) layout[i];
            int end = at + (Integer) layout[i + 1];
            fields.values.put(name, Octets.of(Arrays.copyOfRange(bytes, at, end)));
            at = end;
        }
        if (at != bytes.length) {
            throw new IllegalArgumentException(
                    "layout: %d bytes (expected: %d)".formatted(at, bytes.length));
        }
        return fields;
    }

    /** That field. */
    public Octets octets(String name) {
        return Objects.requireNonNull(values.get(name));
    }

    /** A little-endian number of two bytes. */
    public int uint16(String name) {
        return octets(name).at(0) | (octets(name).at(1) << 8);
    }

    /** Those fields, one after the other. */
    public byte[] concatenated(String... names) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : names) {
            all.writeBytes(octets(name).bytes());
        }
        return all.toByteArray();
    }

    /** Every field that has a name for readers, in hexadecimal. */
    public SortedMap<String, String> hex() {
        SortedMap<String, String> hex = new TreeMap<>();
        values.forEach(
                (name, value) -> {
                    if (!name.startsWith(".")) {
                        hex.put(name, value.toString());
                    }
                });
        return hex;
    }
}
