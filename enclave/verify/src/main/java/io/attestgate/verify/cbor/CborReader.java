package io.attestgate.verify.cbor;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one data item (RFC 8949) and nothing after it, strictly.
 *
 * <p>Every head is in its shortest form (§4.1). Arrays and maps may be of definite or of indefinite
 * length, since security modules write both; strings are of definite length, since nothing that
 * makes evidence cuts them into chunks. Keys of a map are numbers or texts, each once (§5.6). Text
 * is UTF-8. What {@link Cbor} has no type for is refused by its initial byte.
 */
public final class CborReader {
    /** Four levels more than a signed document with its tag has. */
    public static final int DEPTH_MAX = 8;

    /** A security module may give a document of 16 KiB as an array with a number for each byte. */
    public static final int ITEMS_MAX = 32 * 1024;

    /** The longest known map has 32 registers; so few keys need no defence against collisions. */
    public static final int PAIRS_MAX = 256;

    private static final int BREAK = 0xff;
    private static final int INDEFINITE = 31;

    private final ByteBuffer bytes;
    private int items;

    private CborReader(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Reads all of the bytes, of which there may be at most {@code sizeBytesMax}. */
    public static Parsed<Cbor> parse(byte[] bytes, int sizeBytesMax) {
        if (bytes.length > sizeBytesMax) {
            return Parsed.bad(
                    new Fault(
                            "cbor", bytes.length + " bytes", "at most " + sizeBytesMax + " bytes"));
        }
        CborReader reader = new CborReader(bytes);
        try {
            Cbor item = reader.item(0);
            return reader.bytes.hasRemaining()
                    ? Parsed.bad(reader.fault("another byte", "nothing after the item").fault())
                    : Parsed.good(item);
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private Cbor item(int depth) throws MalformedException {
        if (depth > DEPTH_MAX || ++items > ITEMS_MAX) {
            throw fault(
                    "level %d, item %d".formatted(depth, items),
                    "at most %d levels and %d items".formatted(DEPTH_MAX, ITEMS_MAX));
        }
        int initial = uint8();
        int info = initial & 0x1f;
        return switch (initial >> 5) {
            case 0 -> new Cbor.Int(number(info));
            case 1 -> new Cbor.Int(-1 - number(info));
            case 2 -> Cbor.Bytes.of(string(info));
            case 3 -> text(info);
            case 4 -> array(info, depth);
            case 5 -> map(info, depth);
            case 6 -> new Cbor.Tagged(number(info), item(depth + 1));
            default -> simple(initial);
        };
    }

    /** The argument of a head, which is in its shortest form (§3, §4.1). */
    private long number(int info) throws MalformedException {
        long value =
                switch (info) {
                    case 24 -> uint8();
                    case 25 -> argument(Short.BYTES);
                    case 26 -> argument(Integer.BYTES);
                    case 27 -> argument(Long.BYTES);
                    default -> info;
                };
        if (info > 27) {
            throw fault("additional information " + info, "a definite argument");
        }
        if (value < 0) {
            throw fault(Long.toUnsignedString(value), "at most 2^63 - 1");
        }
        if (info >= 24 && value < shortest(info)) {
            throw fault("%d in a longer form".formatted(value), "the shortest (RFC 8949 §4.1)");
        }
        return value;
    }

    /** The least value that needs as many bytes. */
    private static long shortest(int info) {
        return switch (info) {
            case 24 -> 24;
            case 25 -> 1L << 8;
            case 26 -> 1L << 16;
            default -> 1L << 32;
        };
    }

    private long argument(int sizeBytes) throws MalformedException {
        long value = 0;
        for (int i = 0; i < sizeBytes; i++) {
            value = value << 8 | uint8();
        }
        return value;
    }

    private byte[] string(int info) throws MalformedException {
        long sizeBytes = number(info);
        if (sizeBytes > bytes.remaining()) {
            throw fault(
                    "a string of %d bytes".formatted(sizeBytes),
                    "at most the %d that are left".formatted(bytes.remaining()));
        }
        byte[] string = new byte[(int) sizeBytes];
        bytes.get(string);
        return string;
    }

    private Cbor text(int info) throws MalformedException {
        byte[] utf8 = string(info);
        try {
            return new Cbor.Text(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException e) {
            throw fault("a text of %d bytes".formatted(utf8.length), "UTF-8 (RFC 3629)");
        }
    }

    private Cbor array(int info, int depth) throws MalformedException {
        List<Cbor> elements = new ArrayList<>();
        long count = count(info, ITEMS_MAX);
        while (goesOn(elements.size(), count)) {
            elements.add(item(depth + 1));
        }
        return new Cbor.Arr(elements);
    }

    private Cbor map(int info, int depth) throws MalformedException {
        Map<Cbor, Cbor> entries = new LinkedHashMap<>();
        long count = count(info, PAIRS_MAX);
        while (goesOn(entries.size(), count)) {
            Cbor key = key(depth + 1);
            if (entries.containsKey(key) || entries.size() == PAIRS_MAX) {
                throw fault(
                        "pair %d with a key that is a %s".formatted(entries.size(), key.kind()),
                        "at most %d pairs, each key once".formatted(PAIRS_MAX));
            }
            entries.put(key, item(depth + 1));
        }
        return new Cbor.Pairs(entries);
    }

    private Cbor key(int depth) throws MalformedException {
        Cbor key = item(depth);
        if (key instanceof Cbor.Int || key instanceof Cbor.Text) {
            return key;
        }
        throw fault("a key that is a " + key.kind(), "an integer or a text string");
    }

    /** How many elements follow; -1 if a break ends them (§3.2.2). */
    private long count(int info, int countMax) throws MalformedException {
        if (info == INDEFINITE) {
            return -1;
        }
        long count = number(info);
        if (count > countMax) {
            throw fault(count + " elements", "at most " + countMax);
        }
        return count;
    }

    private boolean goesOn(int taken, long count) throws MalformedException {
        if (count >= 0) {
            return taken < count;
        }
        boolean ended = peek() == BREAK;
        if (ended) {
            bytes.get();
        }
        return !ended;
    }

    private Cbor simple(int initial) throws MalformedException {
        return switch (initial) {
            case 0xf4 -> new Cbor.Bool(false);
            case 0xf5 -> new Cbor.Bool(true);
            case 0xf6 -> new Cbor.Null();
            default ->
                    throw fault(
                            "initial byte 0x%02x".formatted(initial),
                            "no float, no break, of simple values false, true and null");
        };
    }

    private int peek() throws MalformedException {
        if (!bytes.hasRemaining()) {
            throw fault("the end", "another byte");
        }
        return Byte.toUnsignedInt(bytes.get(bytes.position()));
    }

    private int uint8() throws MalformedException {
        int value = peek();
        bytes.get();
        return value;
    }

    private MalformedException fault(String found, String expected) {
        return new MalformedException("cbor before byte " + bytes.position(), found, expected);
    }
}
