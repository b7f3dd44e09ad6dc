package io.attestgate.policy.diff;

import java.util.Optional;

/**
 * One effective value that differs.
 *
 * @param path where a document writes it, or would; a route is named by what it matches
 * @param before as a document writes it, cut at 512 characters; empty where there was none
 * @param after likewise
 */
public record FieldChange(
        String path, Optional<String> before, Optional<String> after, Direction direction) {
    private static final int VALUE_CHARS_MAX = 512;

    public FieldChange {
        before = before.map(FieldChange::readable);
        after = after.map(FieldChange::readable);
    }

    /** What comes from a document is shown on one line and moves nobody's cursor. */
    private static String readable(String value) {
        String shown =
                value.codePoints()
                        .limit(VALUE_CHARS_MAX)
                        .map(c -> isInvisible(c) ? '?' : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        return shown.length() < value.length()
                ? "%s… (%d characters)".formatted(shown, value.length())
                : shown;
    }

    private static boolean isInvisible(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.FORMAT;
    }
}
