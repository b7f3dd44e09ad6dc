package io.attestgate.wire;

import java.util.regex.Pattern;

/**
 * One thing that is wrong with what a peer sent.
 *
 * @param path where: a JSON path such as {@code $.routes[0].match}, or another name of the thing
 * @param found the value, quoted and cut at 128 characters
 * @param expected the rule it breaks
 */
public record Fault(String path, String found, String expected) {
    static final int FOUND_CHARS_MAX = 128;

    /** Shows which of several values is meant, where the whole of one would hide the rule. */
    static final int JSON_CHARS_MAX = 64;

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]{0,63}");
    private static final int NAME_CHARS_MAX = 64;

    public Fault {
        if (found.length() > FOUND_CHARS_MAX) {
            found = found.substring(0, FOUND_CHARS_MAX) + "…";
        }
    }

    /** A fault about a value that is text, which is quoted. */
    public static Fault quoted(String path, String value, String expected) {
        return new Fault(path, quote(value), expected);
    }

    /** A fault about a value of JSON, which is shown as written; a long one by its beginning. */
    public static Fault of(String path, Json value, String expected) {
        return value instanceof Json.Text text
                ? quoted(path, text.value(), expected)
                : new Fault(path, cut(CanonicalJson.text(value), JSON_CHARS_MAX), expected);
    }

    /** A peer's text for a message: in quotes, without control characters. */
    public static String quote(String value) {
        return '"' + printable(value) + '"';
    }

    /** The path of a member of the object at {@code path}. */
    public static String member(String path, String name) {
        return PLAIN_NAME.matcher(name).matches()
                ? path + "." + name
                : path + "[\"" + cut(printable(name), NAME_CHARS_MAX) + "\"]";
    }

    private static String cut(String value, int charsMax) {
        return value.length() > charsMax
                ? printable(value.substring(0, charsMax)) + "…"
                : printable(value);
    }

    private static String printable(String value) {
        return value.codePoints()
                .limit(FOUND_CHARS_MAX)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** {@code name: value (expected: rule)}. */
    @Override
    public String toString() {
        return "%s: %s (expected: %s)".formatted(path, found, expected);
    }
}
