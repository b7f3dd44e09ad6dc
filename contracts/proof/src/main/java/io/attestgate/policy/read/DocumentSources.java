package io.attestgate.policy.read;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where documents are looked for beside the chain's own state: bytes need no trust, since their
 * hash is proven.
 *
 * @param mirrors base addresses that end with a slash, https; a document is the file named by its
 *     hash below; at most {@link #MIRRORS_MAX}, asked in this order
 * @param folder asked before the mirrors; a document is the file named by its hash
 */
public record DocumentSources(List<URI> mirrors, Optional<Path> folder) {
    /** Each may take its time, one after the other. */
    public static final int MIRRORS_MAX = 4;

    /** The chain alone. */
    public static final DocumentSources CHAIN_ALONE =
            new DocumentSources(List.of(), Optional.empty());

    public DocumentSources {
        mirrors = List.copyOf(mirrors);
        if (mirrors.size() > MIRRORS_MAX) {
            throw new IllegalArgumentException(
                    "mirrors: %d (expected: at most %d)".formatted(mirrors.size(), MIRRORS_MAX));
        }
        for (URI mirror : mirrors) {
            if (!mirror.isAbsolute() || !String.valueOf(mirror.getPath()).endsWith("/")) {
                throw new IllegalArgumentException(
                        "mirror: %s (expected: an address that ends with /)".formatted(mirror));
            }
        }
    }
}
