package io.attestgate.proxy.http;

import io.netty.util.AsciiString;

/** Field names that this proxy knows, in the one form it compares: lower case. */
public final class Names {
    public static final AsciiString CONNECTION = AsciiString.cached("connection");
    public static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
    public static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
    public static final AsciiString COOKIE = AsciiString.cached("cookie");
    public static final AsciiString DATE = AsciiString.cached("date");
    public static final AsciiString EXPECT = AsciiString.cached("expect");
    public static final AsciiString FORWARDED = AsciiString.cached("forwarded");
    public static final AsciiString HOST = AsciiString.cached("host");
    public static final AsciiString HTTP2_SETTINGS = AsciiString.cached("http2-settings");
    public static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    public static final AsciiString LOCATION = AsciiString.cached("location");
    public static final AsciiString PROXY_AUTHENTICATE = AsciiString.cached("proxy-authenticate");
    public static final AsciiString PROXY_AUTHORIZATION = AsciiString.cached("proxy-authorization");
    public static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
    public static final AsciiString RETRY_AFTER = AsciiString.cached("retry-after");
    public static final AsciiString SEC_WEBSOCKET_ACCEPT =
            AsciiString.cached("sec-websocket-accept");
    public static final AsciiString SEC_WEBSOCKET_KEY = AsciiString.cached("sec-websocket-key");
    public static final AsciiString STRICT_TRANSPORT_SECURITY =
            AsciiString.cached("strict-transport-security");
    public static final AsciiString TE = AsciiString.cached("te");
    public static final AsciiString TRAILER = AsciiString.cached("trailer");
    public static final AsciiString TRANSFER_ENCODING = AsciiString.cached("transfer-encoding");
    public static final AsciiString UPGRADE = AsciiString.cached("upgrade");
    public static final AsciiString VIA = AsciiString.cached("via");
    public static final AsciiString X_REAL_IP = AsciiString.cached("x-real-ip");

    private Names() {}
}
