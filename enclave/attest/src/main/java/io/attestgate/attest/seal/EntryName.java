package io.attestgate.attest.seal;

import java.util.regex.Pattern;

/** The names within a compartment. */
final class EntryName {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private EntryName() {}

    static boolean isOne(String name) {
        return FORM.matcher(name).matches();
    }

    static String required(String name) {
        if (!isOne(name)) {
            throw new IllegalArgumentException(
                    "name: \"%s\" (expected: %s)".formatted(name, FORM.pattern()));
        }
        return name;
    }
}
