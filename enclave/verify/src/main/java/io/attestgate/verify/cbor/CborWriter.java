package io.attestgate.verify.cbor;

import io.attestgate.verify.evidence.Octets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes data items in preferred serialization (RFC 8949 §4.1): shortest heads, definite lengths;
 * maps in the order they have.
 */
public final class CborWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CborWriter() {}

    /** The bytes of one item. */
    public static byte[] write(Cbor item) {
        CborWriter writer = new CborWriter();
        writer.item(item);
        return writer.out.toByteArray();
    }

    private void item(Cbor item) {
        switch (item) {
            case Cbor.Int number -> number(number.value());
            case Cbor.Bytes bytes -> bytes(bytes.value());
            case Cbor.Text text -> text(text.value());
            case Cbor.Arr array -> {
                head(4, array.elements().size());
                array.elements().forEach(this::item);
            }
            case Cbor.Pairs map -> {
                head(5, map.entries().size());
                map.entries().forEach(this::pair);
            }
            case Cbor.Tagged tagged -> {
                head(6, tagged.tag());
                item(tagged.content());
            }
            case Cbor.Bool bool -> out.write(bool.value() ? 0xf5 : 0xf4);
            case Cbor.Null none -> out.write(0xf6);
        }
    }

    private void number(long value) {
        if (value < 0) {
            head(1, -1 - value);
        } else {
            head(0, value);
        }
    }

    private void bytes(Octets value) {
        head(2, value.size());
        out.writeBytes(value.bytes());
    }

    private void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        head(3, utf8.length);
        out.writeBytes(utf8);
    }

    private void pair(Cbor key, Cbor value) {
        item(key);
        item(value);
    }

    /** A major type and its argument in the shortest form (§3). */
    private void head(int major, long argument) {
        if (argument < 24) {
            out.write(major << 5 | (int) argument);
        } else if (argument < 1L << 8) {
            head(major, 24, argument, Byte.BYTES);
        } else if (argument < 1L << 16) {
            head(major, 25, argument, Short.BYTES);
        } else if (argument < 1L << 32) {
            head(major, 26, argument, Integer.BYTES);
        } else {
            head(major, 27, argument, Long.BYTES);
        }
    }

    private void head(int major, int info, long argument, int sizeBytes) {
        out.write(major << 5 | info);
        for (int i = sizeBytes - 1; i >= 0; i--) {
            out.write((int) (argument >>> (8 * i)));
        }
    }
}
