package io.attestgate.collateral.http;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Where a service is: a base URL, to which the vendor's own paths are appended.
 *
 * <p>What comes from there is signed by the vendor and verified later, so TLS adds no trust. It
 * hides from the network which platforms a reader asks about, and keeps it from holding back one
 * answer and not another. Plain http is therefore for this machine alone.
 *
 * @param base scheme, host, port and path, without a slash at its end
 */
public record Service(String base) {
    private static final int BASE_CHARS_MAX = 256;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String RULE =
            "https://HOST[:PORT][/PATH], or http to localhost, 127.0.0.1 or [::1]";

    public Service {
        if (!isBase(base)) {
            throw new IllegalArgumentException("base: \"%s\" (expected: %s)".formatted(base, RULE));
        }
    }

    /** Reads a base URL as a person writes it. */
    public static Parsed<Service> parse(String name, String url) {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return isBase(base)
                ? Parsed.good(new Service(base))
                : Parsed.bad(Fault.quoted(name, url, RULE));
    }

    /** One of its addresses. */
    public URI uri(String pathAndQuery) {
        return URI.create(base + pathAndQuery);
    }

    private static boolean isBase(String base) {
        if (base.length() > BASE_CHARS_MAX || base.endsWith("/")) {
            return false;
        }
        try {
            URI uri = new URI(base);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && isAllowed(uri);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isAllowed(URI uri) {
        return "https".equals(uri.getScheme())
                || ("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()));
    }

    @Override
    public String toString() {
        return base;
    }
}
