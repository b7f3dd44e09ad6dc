package io.attestgate.proxy.http;

import io.attestgate.proxy.http.RequestHead.Upgrade;
import io.attestgate.wire.Hostname;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an HTTP/2 field section as a request (RFC 9113 §8.3.1).
 *
 * <p>Netty's decoder has refused what is malformed at the level of frames: names in upper case,
 * pseudo-fields that are unknown, late or double, fields of one hop. This refuses the rest, with
 * the same eyes as for HTTP/1.1.
 */
final class Http2Requests {
    private static final AsciiString PROTOCOL = PseudoHeaderName.PROTOCOL.value();
    private static final AsciiString HTTPS = AsciiString.cached("https");

    private Http2Requests() {}

    /** What reading gave. */
    sealed interface Read {
        record Good(RequestHead head, boolean expectsContinue) implements Read {}

        record Refused(int status, String why) implements Read {}

        /** No request at all: the stream is reset (RFC 9113 §8.1.1). */
        record Malformed(String why) implements Read {}
    }

    static Read read(Http2Headers section, boolean endOfStream, HttpLimits limits) {
        if (section.method() == null || section.method().isEmpty()) {
            return new Read.Malformed("no :method");
        }
        AsciiString method = AsciiString.of(section.method());
        boolean extended = section.contains(PROTOCOL);
        if (method.equals(Methods.CONNECT) != extended) {
            return method.equals(Methods.CONNECT)
                    ? new Read.Refused(405, "CONNECT is not for a gateway")
                    : new Read.Malformed(":protocol without CONNECT");
        }
        if (section.path() == null || section.path().isEmpty() || section.scheme() == null) {
            return new Read.Malformed("no :path or no :scheme");
        }
        return method.equals(Methods.TRACE)
                ? new Read.Refused(405, "TRACE is not for a gateway")
                : withFields(section, method, extended, endOfStream, limits);
    }

    private static Read withFields(
            Http2Headers section,
            AsciiString method,
            boolean extended,
            boolean endOfStream,
            HttpLimits limits) {
        AsciiString target = AsciiString.of(section.path());
        boolean isPath =
                target.byteAt(0) == '/'
                        || (target.contentEquals("*") && method.equals(Methods.OPTIONS));
        if (!isPath || !Grammar.isTarget(target) || !Grammar.isToken(method)) {
            return new Read.Refused(400, "the method or the path is none");
        }
        if (target.length() > limits.targetBytesMax()) {
            return new Read.Refused(414, "the target is longer than we read");
        }
        if (!HTTPS.contentEqualsIgnoreCase(section.scheme())) {
            return new Read.Refused(400, "the scheme is not https");
        }
        Headers headers = new Headers();
        for (Map.Entry<CharSequence, CharSequence> field : section) {
            AsciiString name = AsciiString.of(field.getKey());
            AsciiString value = AsciiString.of(field.getValue());
            if (name.isEmpty() || !Grammar.isFieldValue(value)) {
                return new Read.Malformed("a field value has a control character");
            }
            if (name.byteAt(0) != ':') {
                headers.add(name, value);
            }
        }
        return extended
                ? webSocket(section, target, headers)
                : request(section, method, target, headers, endOfStream);
    }

    private static Read request(
            Http2Headers section,
            AsciiString method,
            AsciiString target,
            Headers headers,
            boolean endOfStream) {
        BodyLength body = BodyLength.NONE;
        if (!endOfStream) {
            body =
                    Framing.ofRequest(Version.HTTP_2, headers)
                                    instanceof Framing.Body(BodyLength.Known known, BodyReader _)
                            ? known
                            : BodyLength.UNKNOWN;
        }
        boolean expectsContinue = headers.lists(Names.EXPECT, Values.CONTINUE_100);
        return withAuthority(section, method, target, headers, body, Upgrade.NONE)
                .<Read>map(head -> new Read.Good(head, expectsContinue && !endOfStream))
                .orElse(noAuthority());
    }

    /** RFC 8441 §4: the only protocol that we connect to. */
    private static Read webSocket(Http2Headers section, AsciiString target, Headers headers) {
        CharSequence protocol = section.get(PROTOCOL);
        if (protocol == null || !Values.WEBSOCKET.contentEqualsIgnoreCase(protocol)) {
            return new Read.Refused(501, "the protocol is not websocket");
        }
        return withAuthority(
                        section,
                        Methods.GET,
                        target,
                        headers,
                        BodyLength.NONE,
                        Upgrade.WEBSOCKET_HTTP2)
                .<Read>map(head -> new Read.Good(head, false))
                .orElse(noAuthority());
    }

    private static Read noAuthority() {
        return new Read.Refused(400, ":authority and Host name no host, or two");
    }

    /** Host may stand in for :authority, and may not disagree with it. */
    private static Optional<RequestHead> withAuthority(
            Http2Headers section,
            AsciiString method,
            AsciiString target,
            Headers headers,
            BodyLength body,
            Upgrade upgrade) {
        Optional<AsciiString> host = headers.first(Names.HOST);
        Optional<AsciiString> authority =
                section.authority() == null
                        ? host
                        : Optional.of(AsciiString.of(section.authority()));
        boolean agree =
                headers.all(Names.HOST).size() <= 1
                        && host.map(h -> h.contentEqualsIgnoreCase(authority.orElse(h)))
                                .orElse(true);
        Optional<Hostname> name = agree ? authority.flatMap(Authority::host) : Optional.empty();
        headers.removeIf((field, value) -> Framing.isFraming(field));
        return name.map(
                known ->
                        new RequestHead(
                                Version.HTTP_2,
                                method,
                                authority.orElseThrow(),
                                known,
                                target,
                                headers,
                                body,
                                upgrade));
    }
}
