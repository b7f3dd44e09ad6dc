package io.attestgate.proxy.http;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The fields that are about one connection and go no further (RFC 9110 §7.6.1). */
public final class HopByHop {
    private static final Set<AsciiString> ALWAYS =
            Set.of(
                    Names.CONNECTION,
                    Names.KEEP_ALIVE,
                    Names.PROXY_CONNECTION,
                    Names.PROXY_AUTHENTICATE,
                    Names.PROXY_AUTHORIZATION,
                    Names.TE,
                    Names.TRANSFER_ENCODING,
                    Names.UPGRADE,
                    Names.HTTP2_SETTINGS);

    private static final Set<AsciiString> NOT_IN_TRAILERS =
            Set.of(
                    Names.CONTENT_LENGTH,
                    Names.HOST,
                    Names.TRAILER,
                    Names.CONTENT_TYPE,
                    AsciiString.cached("authorization"),
                    AsciiString.cached("cache-control"),
                    AsciiString.cached("content-encoding"),
                    AsciiString.cached("content-range"),
                    Names.COOKIE,
                    AsciiString.cached("set-cookie"),
                    Names.EXPECT);

    private HopByHop() {}

    /** Takes them away, those that Connection names too. */
    public static void remove(Headers headers) {
        List<AsciiString> named = new ArrayList<>(0);
        for (AsciiString options : headers.all(Names.CONNECTION)) {
            for (AsciiString option : Tokens.split(options)) {
                named.add(option.toLowerCase());
            }
        }
        headers.removeIf((name, value) -> ALWAYS.contains(name) || named.contains(name));
    }

    static boolean isForbiddenInTrailers(AsciiString name) {
        return ALWAYS.contains(name) || NOT_IN_TRAILERS.contains(name);
    }
}
