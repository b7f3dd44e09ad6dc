package io.attestgate.verify.claims;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * An account at a certificate authority, so that a CAA record can be held against it (RFC 8657).
 *
 * @param directory the authority's ACME directory
 * @param uri the account's URL (RFC 8555 §7.3)
 * @param thumbprint of the account key, SHA-256 (RFC 7638)
 */
public record AcmeAccount(URI directory, URI uri, Hash32 thumbprint) {
    static final int URI_CHARS_MAX = 512;

    public AcmeAccount {
        if (!isUrl(directory) || !isUrl(uri)) {
            throw new IllegalArgumentException(
                    "directory, uri: %s, %s (expected: https URLs)".formatted(directory, uri));
        }
    }

    static AcmeAccount read(Fields fields) throws Fields.Malformed {
        return new AcmeAccount(
                fields.parsed("directory", AcmeAccount::url, "an https URL"),
                fields.parsed("uri", AcmeAccount::url, "an https URL"),
                fields.hash("thumbprint"));
    }

    Json.Obj toJson() {
        return Json.object(
                "directory", directory.toString(),
                "uri", uri.toString(),
                "thumbprint", Fields.json(thumbprint));
    }

    private static boolean isUrl(URI uri) {
        return "https".equals(uri.getScheme())
                && uri.getHost() != null
                && uri.toString().length() <= URI_CHARS_MAX;
    }

    private static Optional<URI> url(String text) {
        try {
            return Optional.of(new URI(text)).filter(AcmeAccount::isUrl);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
