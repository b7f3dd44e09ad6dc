package io.attestgate.policy.document;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads URIs of peers as values, not exceptions. */
final class Uris {
    private Uris() {}

    /** The URI that {@code text} is (RFC 3986); empty if it is none. */
    static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
