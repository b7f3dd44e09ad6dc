package io.attestgate.proxy.http;

import io.attestgate.wire.Hostname;
import io.netty.util.AsciiString;

/**
 * A request without its body, whatever version of HTTP it came in.
 *
 * @param method as received: methods are case-sensitive (RFC 9110 §9.1)
 * @param authority host and port as received, from Host, :authority or the absolute form
 * @param host the name in {@code authority}
 * @param target path and query as received; begins with {@code /}, or is {@code *}
 * @param headers without Host and without framing; those of one hop still in it
 * @param upgrade the protocol that the client wants instead, if it is one that we pass on
 */
public record RequestHead(
        Version version,
        AsciiString method,
        AsciiString authority,
        Hostname host,
        AsciiString target,
        Headers headers,
        BodyLength body,
        Upgrade upgrade) {

    /** Which change of protocol the client asks for. */
    public enum Upgrade {
        NONE,
        /** RFC 6455 over HTTP/1.1. */
        WEBSOCKET,
        /** RFC 8441: an extended CONNECT. */
        WEBSOCKET_HTTP2
    }

    /** {@link #target} up to its query. */
    public AsciiString path() {
        int query = target.indexOf('?', 0);
        return query < 0 ? target : target.subSequence(0, query, false);
    }

    public boolean isHead() {
        return method.equals(Methods.HEAD);
    }
}
