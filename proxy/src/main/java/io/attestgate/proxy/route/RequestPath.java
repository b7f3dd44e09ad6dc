package io.attestgate.proxy.route;

import io.netty.util.AsciiString;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A path in the form that rules are compared with: what is escaped without need is not.
 *
 * <p>An upstream may read {@code %61} as {@code a} (RFC 3986 §6.2.2.2), so a rule about {@code /a}
 * must see {@code /%61} as well. Segments {@code .} and {@code ..}, in whatever spelling, are no
 * path we route: the upstream would leave the place that a rule is about. What is forwarded is what
 * was received.
 */
record RequestPath(String value) {

    /** Empty if the path has dot segments, a broken escape, a NUL or a backslash. */
    static Optional<RequestPath> of(AsciiString path) {
        String received = path.toString();
        String plain = received;
        if (received.indexOf('%') >= 0) {
            Optional<String> unescaped = unescape(received);
            if (unescaped.isEmpty()) {
                return Optional.empty();
            }
            plain = unescaped.get();
        }
        return plain.indexOf('\\') >= 0 || hasDotSegment(plain)
                ? Optional.empty()
                : Optional.of(new RequestPath(plain));
    }

    /** Takes the escapes off unreserved characters (RFC 3986 §2.3); leaves the others. */
    private static Optional<String> unescape(String path) {
        StringBuilder plain = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%') {
                plain.append(c);
                continue;
            }
            if (i + 2 >= path.length()
                    || !HexFormat.isHexDigit(path.charAt(i + 1))
                    || !HexFormat.isHexDigit(path.charAt(i + 2))) {
                return Optional.empty();
            }
            char escaped = (char) HexFormat.fromHexDigits(path, i + 1, i + 3);
            if (escaped == 0 || escaped == '\\') {
                return Optional.empty();
            }
            plain.append(
                    isUnreserved(escaped) ? String.valueOf(escaped) : path.substring(i, i + 3));
            i += 2;
        }
        return Optional.of(plain.toString());
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-._~".indexOf(c) >= 0;
    }

    private static boolean hasDotSegment(String path) {
        for (int dot = path.indexOf("/."); dot >= 0; dot = path.indexOf("/.", dot + 1)) {
            int end = dot + 2;
            if (end < path.length() && path.charAt(end) == '.') {
                end++;
            }
            if (end == path.length() || "/;".indexOf(path.charAt(end)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
