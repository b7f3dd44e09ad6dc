package io.attestgate.client.connect;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host and a port to dial: a name, or an address as its digits.
 *
 * @param host what the system's resolver takes, without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    private static final String RULE = "HOST:PORT, an IPv6 address in brackets";
    private static final Pattern ADDRESS_V6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]");

    public HostPort {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "address: %s:%d (expected: port 1 to 65535)".formatted(host, port));
        }
    }

    /** Reads {@code HOST:PORT}. */
    public static Parsed<HostPort> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return bad(text);
        }
        String host = text.substring(0, colon);
        Optional<Integer> port = port(text.substring(colon + 1));
        if (port.isEmpty()) {
            return bad(text);
        }
        if (ADDRESS_V6.matcher(host).matches()) {
            return Parsed.good(new HostPort(host.substring(1, host.length() - 1), port.get()));
        }
        return Hostname.parse(host)
                .map(name -> Parsed.good(new HostPort(name.value(), port.get())))
                .orElseGet(() -> bad(text));
    }

    /** Reads a port of one to five digits; empty for anything else. */
    static Optional<Integer> port(String digits) {
        if (!digits.matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= 65_535 ? Optional.of(port) : Optional.empty();
    }

    private static Parsed<HostPort> bad(String text) {
        return Parsed.bad(Fault.quoted("address", text, RULE));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
