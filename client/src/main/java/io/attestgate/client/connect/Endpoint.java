package io.attestgate.client.connect;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * An HTTPS origin (RFC 6454): the name that TLS and evidence must agree on, and a port.
 *
 * @param host the name, which is no IP address: certificates and policies are for names
 * @param port 1 to 65535
 */
public record Endpoint(Hostname host, int port) {
    static final int PORT_DEFAULT = 443;

    private static final String RULE = "https://HOST or https://HOST:PORT, and nothing after it";

    public Endpoint {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: %d (expected: 1 to 65535)".formatted(port));
        }
    }

    /**
     * Reads an {@code https} URL without user, path, query or fragment: the verdict is about a
     * connection, so a path here would promise what nobody checks.
     */
    public static Parsed<Endpoint> parse(String url) {
        try {
            return of(new URI(url), url);
        } catch (URISyntaxException e) {
            return bad(url);
        }
    }

    private static Parsed<Endpoint> of(URI uri, String url) {
        Optional<Hostname> host = Optional.ofNullable(uri.getHost()).flatMap(Hostname::parse);
        boolean origin =
                "https".equalsIgnoreCase(uri.getScheme())
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                        && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        int port = uri.getPort() < 0 ? PORT_DEFAULT : uri.getPort();
        if (!origin || host.filter(Endpoint::isName).isEmpty() || port < 1 || port > 65_535) {
            return bad(url);
        }
        return Parsed.good(new Endpoint(host.get(), port));
    }

    /** An IPv4 address also looks like labels, but its last one is a number (WHATWG URL §3.5). */
    private static boolean isName(Hostname host) {
        String value = host.value();
        return !value.substring(value.lastIndexOf('.') + 1).matches("[0-9]+|0x[0-9a-f]*");
    }

    private static Parsed<Endpoint> bad(String url) {
        return Parsed.bad(Fault.quoted("URL", url, RULE));
    }

    /** The value of the Host field (RFC 9110 §7.2). */
    String authority() {
        return port == PORT_DEFAULT ? host.value() : host + ":" + port;
    }

    @Override
    public String toString() {
        return "https://" + authority();
    }
}
