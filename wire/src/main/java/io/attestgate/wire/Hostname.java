package io.attestgate.wire;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A DNS host name in the one form this project compares: lower-case A-labels, without the root dot.
 *
 * @param value at most 253 characters (RFC 1035 §2.3.4: 255 octets on the wire) in labels of 1 to
 *     63, which may begin with a digit (RFC 1123 §2.1)
 */
public record Hostname(String value) {
    public static final int LENGTH_CHARS_MAX = 253;

    private static final Pattern LABELS =
            Pattern.compile(
                    "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*+");

    /** Takes a name already in its one form; anything else is our bug. */
    public Hostname {
        if (!isCanonical(value)) {
            throw new IllegalArgumentException(
                    "host name: \"%s\" (expected: lower-case labels)".formatted(value));
        }
    }

    /** Reads a host as a peer may have spelt it; empty if it names no host. */
    public static Optional<Hostname> parse(String spelt) {
        if (spelt.length() > LENGTH_CHARS_MAX + 1) {
            return Optional.empty();
        }
        String lower = spelt.toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return isCanonical(name) ? Optional.of(new Hostname(name)) : Optional.empty();
    }

    /** The name without its first label; empty for a single label. */
    public Optional<Hostname> parent() {
        int dot = value.indexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(new Hostname(value.substring(dot + 1)));
    }

    private static boolean isCanonical(String name) {
        return name.length() <= LENGTH_CHARS_MAX && LABELS.matcher(name).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
