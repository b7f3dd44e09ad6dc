package io.attestgate.proxy.http;

import io.netty.util.AsciiString;
import java.util.Optional;

/** Reads the lines of a field section (RFC 9112 §5); requests, answers and trailers share it. */
final class FieldLines {
    private FieldLines() {}

    /**
     * Reads lines from {@code offset} to the empty line that ends the section.
     *
     * @param bytes lines that each end in CRLF, as {@link HeadScanner} saw to
     * @param into where the fields go
     * @return what is wrong; empty if nothing is
     */
    static Optional<String> parse(byte[] bytes, int offset, Headers into) {
        int position = offset;
        while (bytes[position] != '\r') {
            int colon = position;
            while (Grammar.isToken(bytes[colon])) {
                colon++;
            }
            // No space before the colon, and no continued line (RFC 9112 §5.1, §5.2).
            if (colon == position || bytes[colon] != ':') {
                return Optional.of("a field line has no name, or space around it");
            }
            int end = colon + 1;
            while (Grammar.isFieldValue(bytes[end])) {
                end++;
            }
            if (bytes[end] != '\r' || bytes[end + 1] != '\n') {
                return Optional.of("a field value has a control character");
            }
            into.add(lowerCase(bytes, position, colon), trimmed(bytes, colon + 1, end));
            position = end + 2;
        }
        return position + 2 == bytes.length
                ? Optional.empty()
                : Optional.of("a line has a carriage return in it");
    }

    private static AsciiString lowerCase(byte[] bytes, int start, int end) {
        return KnownNames.lookUp(bytes, start, end);
    }

    private static AsciiString trimmed(byte[] bytes, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isSpace(bytes[from])) {
            from++;
        }
        while (to > from && isSpace(bytes[to - 1])) {
            to--;
        }
        return new AsciiString(bytes, from, to - from, true);
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\t';
    }
}
