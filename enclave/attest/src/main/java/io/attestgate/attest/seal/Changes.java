package io.attestgate.attest.seal;

import io.attestgate.attest.secret.SecretMemory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one commit puts and removes, all or nothing.
 *
 * <p>Holds the secrets without owning them: whoever made them closes them, after the commit.
 */
public final class Changes {
    private final Map<String, Optional<Content>> byName = new LinkedHashMap<>();

    /** What is to be sealed under a name. */
    sealed interface Content {
        record Secret(SecretMemory bytes) implements Content {}

        @SuppressWarnings("ArrayRecordComponent") // Never compared; ours alone.
        record Open(byte[] bytes) implements Content {}
    }

    private Changes() {}

    public static Changes none() {
        return new Changes();
    }

    /** Puts a secret, which must stay open until the commit returns. */
    public Changes put(String name, SecretMemory secret) {
        byName.put(EntryName.required(name), Optional.of(new Content.Secret(secret)));
        return this;
    }

    /** Puts bytes that are no secret, such as a certificate; takes a copy. */
    public Changes put(String name, byte[] bytes) {
        if (bytes.length > SecretMemory.SIZE_BYTES_MAX || bytes.length == 0) {
            throw new IllegalArgumentException(
                    "%s: %d bytes (expected: 1 to %d)"
                            .formatted(name, bytes.length, SecretMemory.SIZE_BYTES_MAX));
        }
        byName.put(EntryName.required(name), Optional.of(new Content.Open(bytes.clone())));
        return this;
    }

    /** Removes a name; one that is not there stays away. */
    public Changes remove(String name) {
        byName.put(EntryName.required(name), Optional.empty());
        return this;
    }

    /** Content to put, or empty to remove, by name. */
    Map<String, Optional<Content>> byName() {
        return Collections.unmodifiableMap(byName);
    }
}
