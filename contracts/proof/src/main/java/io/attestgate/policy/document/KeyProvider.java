package io.attestgate.policy.document;

import java.util.regex.Pattern;

/**
 * A party outside an enclave's platform under whose secret it may seal, named as evidence names
 * him.
 *
 * @param name its kind, such as {@code kms}: 1 to 32 of lower-case letters, digits and hyphens
 * @param id which one, in lower-case hexadecimal, 1 to 512 bytes
 */
public record KeyProvider(String name, String id) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern ID = Pattern.compile("([0-9a-f]{2}){1,512}");

    public KeyProvider {
        if (!isName(name) || !isId(id)) {
            throw new IllegalArgumentException(
                    "key provider: \"%s\", \"%s\" (expected: a word and an id in hexadecimal)"
                            .formatted(name, id));
        }
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** {@code name:id}. */
    @Override
    public String toString() {
        return name + ":" + id;
    }
}
