package io.attestgate.proxy.http;

import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of a field name into its lower-case form without making one anew for the names
 * that nearly every message has.
 *
 * <p>A table of 256 places, indexed by length and the first and last letter; of two names that meet
 * in one place the later is made anew each time, which costs time and nothing else.
 */
final class KnownNames {
    private static final int PLACES = 256;
    private static final @Nullable AsciiString[] TABLE = new AsciiString[PLACES];

    static {
        String names =
                "accept accept-charset accept-encoding accept-language accept-ranges"
                    + " access-control-allow-origin age allow alt-svc authorization cache-control"
                    + " connection content-disposition content-encoding content-language"
                    + " content-length content-range content-security-policy content-type cookie"
                    + " date etag expect expires forwarded from host if-match if-modified-since"
                    + " if-none-match if-range keep-alive last-modified link location origin pragma"
                    + " priority range referer retry-after sec-ch-ua sec-ch-ua-mobile"
                    + " sec-ch-ua-platform sec-fetch-dest sec-fetch-mode sec-fetch-site"
                    + " sec-fetch-user sec-websocket-extensions sec-websocket-key"
                    + " sec-websocket-version server set-cookie strict-transport-security te"
                    + " trailer transfer-encoding upgrade upgrade-insecure-requests user-agent vary"
                    + " via www-authenticate x-forwarded-for x-forwarded-host x-forwarded-proto"
                    + " x-request-id";
        for (String name : names.split(" ", -1)) {
            AsciiString known = AsciiString.cached(name);
            TABLE[place(known.array(), known.arrayOffset(), known.length())] = known;
        }
    }

    private KnownNames() {}

    static AsciiString lookUp(byte[] bytes, int start, int end) {
        AsciiString known = TABLE[place(bytes, start, end - start)];
        return known != null && isSame(known, bytes, start, end - start)
                ? known
                : new AsciiString(bytes, start, end - start, true).toLowerCase();
    }

    private static boolean isSame(AsciiString known, byte[] bytes, int start, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (lower(bytes[start + i]) != known.byteAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int place(byte[] bytes, int start, int length) {
        int first = lower(bytes[start]);
        int middle = lower(bytes[start + length / 2]);
        int last = lower(bytes[start + length - 1]);
        return (length * 31 + first * 7 + middle * 13 + last * 3) & (PLACES - 1);
    }

    private static byte lower(byte c) {
        return c >= 'A' && c <= 'Z' ? (byte) (c + 32) : c;
    }
}
