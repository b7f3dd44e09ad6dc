package io.attestgate.attest.dstack;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads MessagePack (its specification, "Formats") as the JSON that it stands for, with bytes as
 * hexadecimal.
 *
 * <p>Takes arbitrary bytes and allocates in proportion to them. What JSON here has no word for is
 * refused: floats, extensions, integers beyond 2^53 - 1, names that are no text or stand twice.
 */
final class MessagePack {
    private static final int DEPTH_MAX = 16;

    private final ByteBuffer bytes;

    private MessagePack(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Reads one value and nothing after it. */
    static Parsed<Json> parse(byte[] bytes) {
        try {
            MessagePack reader = new MessagePack(bytes);
            Json value = reader.value(0);
            return reader.bytes.hasRemaining()
                    ? Parsed.bad(reader.malformed("more bytes", "nothing after the value").fault())
                    : Parsed.good(value);
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private Json value(int depth) throws MalformedException {
        if (depth > DEPTH_MAX) {
            throw malformed("deeper nesting", "at most " + DEPTH_MAX + " levels");
        }
        int type = Byte.toUnsignedInt((byte) number(1));
        return switch (type) {
            case 0xc0 -> new Json.Null();
            case 0xc2, 0xc3 -> new Json.Bool(type == 0xc3);
            case 0xc4, 0xc5, 0xc6 -> hex(size(type - 0xc4));
            case 0xcc, 0xcd, 0xce, 0xcf -> unsigned(type - 0xcc);
            case 0xd0, 0xd1, 0xd2, 0xd3 -> signed(type - 0xd0);
            case 0xd9, 0xda, 0xdb -> new Json.Text(text(size(type - 0xd9)));
            case 0xdc, 0xdd -> array(size(type - 0xdc + 1), depth);
            case 0xde, 0xdf -> map(size(type - 0xde + 1), depth);
            default -> fixed(type, depth);
        };
    }

    /** A value whose type and size share the first byte. */
    private Json fixed(int type, int depth) throws MalformedException {
        if (type < 0x80 || type >= 0xe0) {
            return new Json.Int((byte) type);
        }
        return switch (type >> 4) {
            case 0x8 -> map(type & 0xf, depth);
            case 0x9 -> array(type & 0xf, depth);
            case 0xa, 0xb -> new Json.Text(text(type & 0x1f));
            default -> throw malformed("type 0x%02x".formatted(type), "no float and no extension");
        };
    }

    private Json array(int size, int depth) throws MalformedException {
        require(size);
        List<Json> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(value(depth + 1));
        }
        return new Json.Arr(elements);
    }

    private Json map(int size, int depth) throws MalformedException {
        require(size);
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            if (!(value(depth + 1) instanceof Json.Text name)
                    || members.containsKey(name.value())) {
                throw malformed("a name", "a text, each once");
            }
            members.put(name.value(), value(depth + 1));
        }
        return new Json.Obj(members);
    }

    private Json hex(int size) throws MalformedException {
        return new Json.Text(HexFormat.of().formatHex(octets(size)));
    }

    private String text(int size) throws MalformedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets(size)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(size + " bytes", "UTF-8");
        }
    }

    private Json unsigned(int power) throws MalformedException {
        long value = number(1 << power);
        return integer(value < 0 ? Long.MAX_VALUE : value);
    }

    private Json signed(int power) throws MalformedException {
        int unused = Long.SIZE - (8 << power);
        return integer(number(1 << power) << unused >> unused);
    }

    private Json integer(long value) throws MalformedException {
        if (value > Json.INTEGER_MAX || value < -Json.INTEGER_MAX) {
            throw malformed("a larger integer", "at most 2^53 - 1");
        }
        return new Json.Int(value);
    }

    /** A size of 1, 2 or 4 bytes. */
    private int size(int power) throws MalformedException {
        long size = number(1 << power);
        require(size);
        return (int) size;
    }

    private byte[] octets(int size) throws MalformedException {
        require(size);
        byte[] octets = new byte[size];
        bytes.get(octets);
        return octets;
    }

    private long number(int sizeBytes) throws MalformedException {
        require(sizeBytes);
        long number = 0;
        for (int i = 0; i < sizeBytes; i++) {
            number = number << 8 | Byte.toUnsignedInt(bytes.get());
        }
        return number;
    }

    /** Each element takes a byte at least. */
    private void require(long sizeBytes) throws MalformedException {
        if (sizeBytes > bytes.remaining()) {
            throw malformed("an end", sizeBytes + " bytes more");
        }
    }

    private MalformedException malformed(String found, String expected) {
        return new MalformedException("MessagePack at byte " + bytes.position(), found, expected);
    }
}
