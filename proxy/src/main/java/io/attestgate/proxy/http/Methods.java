package io.attestgate.proxy.http;

import io.netty.util.AsciiString;
import java.util.Set;

/** Methods that this proxy treats apart from others. */
public final class Methods {
    public static final AsciiString GET = AsciiString.cached("GET");
    public static final AsciiString HEAD = AsciiString.cached("HEAD");
    public static final AsciiString OPTIONS = AsciiString.cached("OPTIONS");
    public static final AsciiString PUT = AsciiString.cached("PUT");
    public static final AsciiString DELETE = AsciiString.cached("DELETE");
    public static final AsciiString CONNECT = AsciiString.cached("CONNECT");
    public static final AsciiString TRACE = AsciiString.cached("TRACE");

    private static final Set<AsciiString> IDEMPOTENT = Set.of(GET, HEAD, OPTIONS, PUT, DELETE);

    private Methods() {}

    /** Whether asking twice is the same as asking once (RFC 9110 §9.2.2). */
    public static boolean isIdempotent(AsciiString method) {
        return IDEMPOTENT.contains(method);
    }
}
