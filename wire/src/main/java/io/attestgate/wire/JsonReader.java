package io.attestgate.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON text strictly: RFC 8259 with the rules of RFC 7493 (valid UTF-8, no duplicate names,
 * no lone surrogates) and whole numbers only.
 *
 * <p>Takes arbitrary bytes, allocates in proportion to them, and answers anything else than JSON
 * with the path and the rule that it broke.
 */
public final class JsonReader {
    /** Deeper nesting than any document of this project has, and far from the stack's end. */
    static final int DEPTH_MAX = 32;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /** Reads one value and nothing after it; at most {@code sizeBytesMax} bytes. */
    public static Parsed<Json> parse(byte[] utf8, int sizeBytesMax) {
        if (utf8.length > sizeBytesMax) {
            return Parsed.bad(
                    new Fault("$", utf8.length + " bytes", "at most " + sizeBytesMax + " bytes"));
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            return Parsed.good(new JsonReader(text).document());
        } catch (CharacterCodingException e) {
            return Parsed.bad(new Fault("$", utf8.length + " bytes", "UTF-8 (RFC 3629)"));
        } catch (Malformed e) {
            return Parsed.bad(e.fault);
        }
    }

    /** Reads a document that must be its own canonical form (RFC 8785), byte for byte. */
    public static Parsed<Json> parseCanonical(byte[] utf8, int sizeBytesMax) {
        return parse(utf8, sizeBytesMax)
                .then(
                        json -> {
                            byte[] canonical = CanonicalJson.write(json);
                            int differs = java.util.Arrays.mismatch(canonical, utf8);
                            return differs < 0
                                    ? Parsed.good(json)
                                    : Parsed.bad(
                                            new Fault(
                                                    "$",
                                                    "another spelling from byte " + differs,
                                                    "canonical JSON (RFC 8785)"));
                        });
    }

    private Json document() throws Malformed {
        space();
        Json value = value("$", 0);
        space();
        if (at < text.length()) {
            throw malformed("$", "nothing after the value");
        }
        return value;
    }

    private Json value(String path, int depth) throws Malformed {
        if (depth > DEPTH_MAX) {
            throw malformed(path, "at most " + DEPTH_MAX + " levels");
        }
        return switch (peek()) {
            case '{' -> object(path, depth);
            case '[' -> array(path, depth);
            case '"' -> new Json.Text(string(path));
            case 't' -> word(path, "true", new Json.Bool(true));
            case 'f' -> word(path, "false", new Json.Bool(false));
            case 'n' -> word(path, "null", new Json.Null());
            default -> number(path);
        };
    }

    private Json object(String path, int depth) throws Malformed {
        Map<String, Json> members = new LinkedHashMap<>();
        at++;
        space();
        if (take('}')) {
            return new Json.Obj(members);
        }
        do {
            space();
            String name = string(path);
            String memberPath = Fault.member(path, name);
            if (members.containsKey(name)) {
                throw new Malformed(Fault.quoted(memberPath, name, "each name once"));
            }
            space();
            require(':', memberPath);
            space();
            members.put(name, value(memberPath, depth + 1));
            space();
        } while (take(','));
        require('}', path);
        return new Json.Obj(members);
    }

    private Json array(String path, int depth) throws Malformed {
        List<Json> elements = new ArrayList<>();
        at++;
        space();
        if (take(']')) {
            return new Json.Arr(elements);
        }
        do {
            space();
            elements.add(value(path + "[" + elements.size() + "]", depth + 1));
            space();
        } while (take(','));
        require(']', path);
        return new Json.Arr(elements);
    }

    private Json word(String path, String word, Json value) throws Malformed {
        if (!text.startsWith(word, at)) {
            throw malformed(path, "a JSON value");
        }
        at += word.length();
        return value;
    }

    private Json number(String path) throws Malformed {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        int digits = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == digits) {
            at = start;
            throw malformed(path, "a JSON value");
        }
        boolean leadingZero = text.charAt(digits) == '0' && at - digits > 1;
        boolean fraction = peek() == '.' || peek() == 'e' || peek() == 'E';
        if (leadingZero || fraction || at - digits > 16) {
            throw notExact(path, start);
        }
        long value = Long.parseLong(text, start, at, 10);
        if (Math.abs(value) > Json.INTEGER_MAX) {
            throw notExact(path, start);
        }
        return new Json.Int(value);
    }

    private Malformed notExact(String path, int start) {
        int end = start;
        while (end < text.length() && "+-.0123456789eE".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return new Malformed(
                new Fault(path, text.substring(start, end), "an integer of at most 2^53 - 1"));
    }

    private String string(String path) throws Malformed {
        require('"', path);
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char c = peek();
            if (at >= text.length() || c < 0x20) {
                throw malformed(path, "a string that ends, without control characters");
            }
            at++;
            value.append(c == '\\' ? escaped(path) : c);
        }
        at++;
        if (value.chars().anyMatch(c -> Character.isSurrogate((char) c)) && loneSurrogate(value)) {
            throw malformed(path, "no lone surrogate (RFC 7493 §2.1)");
        }
        return value.toString();
    }

    private char escaped(String path) throws Malformed {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> codeUnit(path);
            default -> throw malformed(path, "an escape of RFC 8259 §7");
        };
    }

    private char codeUnit(String path) throws Malformed {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char c = peek();
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw malformed(path, "four hexadecimal digits");
            }
            unit = unit << 4 | digit;
            at++;
        }
        return (char) unit;
    }

    private static boolean loneSurrogate(CharSequence value) {
        return value.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
    }

    /** The next character; NUL past the end, which no rule accepts. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private void require(char c, String path) throws Malformed {
        if (!take(c)) {
            throw malformed(path, "'" + c + "'");
        }
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private Malformed malformed(String path, String expected) {
        String rest =
                at < text.length() ? text.substring(at, Math.min(text.length(), at + 20)) : "";
        return new Malformed(
                Fault.quoted(
                        path + " at character " + at, rest.isEmpty() ? "end" : rest, expected));
    }

    /** Leaves the descent; never the class. */
    private static final class Malformed extends Exception {
        private final transient Fault fault;

        Malformed(Fault fault) {
            super(fault.toString(), null, false, false);
            this.fault = fault;
        }
    }
}
