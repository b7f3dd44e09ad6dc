package io.attestgate.attest.platform;

import java.util.regex.Pattern;

/**
 * A party outside this code's own platform that makes its sealing secret, and so can open what is
 * sealed under it.
 *
 * @param name its kind, such as {@code kms}: 1 to 32 of lower-case letters, digits and hyphens
 * @param id which one, in lower-case hexadecimal, 1 to 512 bytes: of dstack's KMS its public key,
 *     of a local provider its measurement
 */
public record KeyProvider(String name, String id) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Pattern ID = Pattern.compile("([0-9a-f]{2}){1,512}");

    public KeyProvider {
        if (!NAME.matcher(name).matches() || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "key provider: \"%s\", \"%s\" (expected: a word and an id in hexadecimal)"
                            .formatted(name, id));
        }
    }

    /** {@code name:id}. */
    @Override
    public String toString() {
        return name + ":" + id;
    }
}
