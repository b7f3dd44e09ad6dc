package io.attestgate.proxy.http;

import io.attestgate.wire.Hostname;
import io.netty.util.AsciiString;
import java.util.Optional;

/** The host in {@code host[:port]} (RFC 3986 §3.2), without user information. */
final class Authority {
    private static final int PORT_DIGITS_MAX = 5;

    private Authority() {}

    /** The host; empty if that is not what {@code authority} is. */
    static Optional<Hostname> host(AsciiString authority) {
        int colon = authority.indexOf(':', 0);
        if (colon < 0) {
            return Hostname.parse(authority.toString());
        }
        return isPort(authority, colon + 1)
                ? Hostname.parse(authority.toString(0, colon))
                : Optional.empty();
    }

    private static boolean isPort(AsciiString authority, int start) {
        for (int i = start; i < authority.length(); i++) {
            if (authority.byteAt(i) < '0' || authority.byteAt(i) > '9') {
                return false;
            }
        }
        return authority.length() - start <= PORT_DIGITS_MAX;
    }
}
