package io.attestgate.proxy.http;

import io.netty.util.AsciiString;

/** Field values that this proxy knows. */
public final class Values {
    public static final AsciiString CHUNKED = AsciiString.cached("chunked");
    public static final AsciiString CLOSE = AsciiString.cached("close");
    public static final AsciiString CONTINUE_100 = AsciiString.cached("100-continue");
    public static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    public static final AsciiString TRAILERS = AsciiString.cached("trailers");
    public static final AsciiString UPGRADE = AsciiString.cached("upgrade");
    public static final AsciiString WEBSOCKET = AsciiString.cached("websocket");
    public static final AsciiString ZERO = AsciiString.cached("0");

    private Values() {}
}
