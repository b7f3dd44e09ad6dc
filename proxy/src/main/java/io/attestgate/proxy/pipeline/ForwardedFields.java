package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.http.Headers;
import io.attestgate.proxy.http.HopByHop;
import io.attestgate.proxy.http.Names;
import io.attestgate.proxy.http.RequestHead;
import io.attestgate.proxy.http.RequestHead.Upgrade;
import io.attestgate.proxy.http.Values;
import io.attestgate.proxy.route.CompiledRoute;
import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * The fields of a request as an upstream is to see them.
 *
 * <p>What a client says about where it comes from is dropped, not added to: between it and us is
 * only the operator's network, which nobody trusts. So Forwarded (RFC 7239) and its older relatives
 * say what we saw, and nothing else.
 */
final class ForwardedFields {
    private static final AsciiString X_FORWARDED = AsciiString.cached("x-forwarded-");
    private static final AsciiString X_FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString X_FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
    private static final AsciiString X_FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");
    private static final AsciiString HTTPS = AsciiString.cached("https");
    private static final AsciiString CRUMB = AsciiString.cached("; ");
    private static final int WEBSOCKET_KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ForwardedFields() {}

    /** Changes the request's own fields, which are nobody else's by now, and returns them. */
    static Headers of(RequestHead request, InetAddress client, CompiledRoute route) {
        Headers headers = request.headers();
        boolean takesTrailers = headers.lists(Names.TE, Values.TRAILERS);
        HopByHop.remove(headers);
        headers.removeIf((name, value) -> isClaim(name));
        joinCookies(headers);
        headers.add(Names.HOST, request.authority());
        if (takesTrailers) {
            headers.add(Names.TE, Values.TRAILERS);
        }
        String address = NetUtil.toAddressString(client);
        headers.add(X_FORWARDED_FOR, address);
        headers.add(X_FORWARDED_HOST, request.authority());
        headers.add(X_FORWARDED_PROTO, HTTPS);
        headers.add(Names.FORWARDED, forwarded(request, client, address));
        headers.add(Names.VIA, request.version().number() + " attestgate");
        if (request.upgrade() == Upgrade.WEBSOCKET_HTTP2) {
            // RFC 8441 has no key; RFC 6455 wants one.
            headers.set(Names.SEC_WEBSOCKET_KEY, AsciiString.of(webSocketKey()));
        }
        route.request().apply(headers);
        return headers;
    }

    private static boolean isClaim(AsciiString name) {
        return name.startsWith(X_FORWARDED)
                || name.equals(Names.FORWARDED)
                || name.equals(Names.X_REAL_IP)
                || name.equals(Names.EXPECT);
    }

    /** HTTP/2 may send a cookie in crumbs; HTTP/1.1 has one field (RFC 9113 §8.2.3). */
    private static void joinCookies(Headers headers) {
        List<AsciiString> crumbs = headers.all(Names.COOKIE);
        if (crumbs.size() > 1) {
            headers.set(Names.COOKIE, AsciiString.of(String.join(CRUMB, crumbs)));
        }
    }

    private static String forwarded(RequestHead request, InetAddress client, String address) {
        String node = client instanceof Inet6Address ? "\"[" + address + "]\"" : address;
        return "for=" + node + ";host=\"" + request.authority() + "\";proto=https";
    }

    private static String webSocketKey() {
        byte[] key = new byte[WEBSOCKET_KEY_BYTES];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
