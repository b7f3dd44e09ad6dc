package io.attestgate.proxy.upstream;

import io.attestgate.proxy.http.BodyLength;
import io.attestgate.proxy.http.Headers;
import io.netty.util.AsciiString;

/**
 * A request as an upstream is to see it.
 *
 * @param headers with Host, without framing and without fields of another hop
 * @param webSocket whether it asks for a WebSocket
 */
public record UpstreamRequest(
        AsciiString method,
        AsciiString target,
        Headers headers,
        BodyLength body,
        boolean webSocket) {}
