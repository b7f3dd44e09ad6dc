package io.attestgate.wire;

/**
 * One thing that is wrong with what a peer sent.
 *
 * @param path where: a JSON path such as {@code $.routes[0].match}, or another name of the thing
 * @param found the value, quoted and cut at 128 characters
 * @param expected the rule it breaks
 */
public record Fault(String path, String found, String expected) {
    static final int FOUND_CHARS_MAX = 128;

    public Fault {
        if (found.length() > FOUND_CHARS_MAX) {
            found = found.substring(0, FOUND_CHARS_MAX) + "…";
        }
    }

    /** A fault about a value that is text, which is quoted. */
    public static Fault quoted(String path, String value, String expected) {
        return new Fault(path, '"' + printable(value) + '"', expected);
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
