package io.attestgate.proxy.http;

import io.attestgate.proxy.http.Http1Request.Read;
import io.attestgate.proxy.http.RequestHead.Upgrade;
import io.attestgate.wire.Hostname;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Optional;

/**
 * Reads the head of an HTTP/1.1 request (RFC 9112 §3), strictly.
 *
 * <p>Whatever two readers could read differently is refused: a space too many, a folded line, two
 * lengths, a length and a coding, an absolute form that disagrees with Host.
 */
final class Http1RequestParser {
    private static final AsciiString HTTPS = AsciiString.cached("https://");
    private static final AsciiString HTTP = AsciiString.cached("http://");
    private static final int VERSION_BYTES = "HTTP/1.1".length();

    private final HttpLimits limits;
    private final AsciiString scheme;

    Http1RequestParser(HttpLimits limits, boolean isTls) {
        this.limits = limits;
        this.scheme = isTls ? HTTPS : HTTP;
    }

    /** Reads {@code bytes}, a whole head with its empty line. */
    Read parse(byte[] bytes) {
        int methodEnd = tokenEnd(bytes);
        if (methodEnd == 0 || bytes[methodEnd] != ' ') {
            return refused(400, "the request line has no method");
        }
        int targetEnd = methodEnd + 1;
        while (bytes[targetEnd] != ' ' && bytes[targetEnd] != '\r') {
            targetEnd++;
        }
        if (targetEnd - methodEnd - 1 > limits.targetBytesMax()) {
            return refused(414, "the target is longer than we read");
        }
        AsciiString method = new AsciiString(bytes, 0, methodEnd, true);
        AsciiString target = new AsciiString(bytes, methodEnd + 1, targetEnd - methodEnd - 1, true);
        Optional<Version> version = version(bytes, targetEnd);
        if (version.isEmpty() || !Grammar.isTarget(target)) {
            return refused(400, "the request line is not: method, target, HTTP/1.1");
        }
        Headers headers = new Headers();
        Optional<String> fault =
                FieldLines.parse(bytes, targetEnd + 1 + VERSION_BYTES + 2, headers);
        return fault.isPresent()
                ? refused(400, fault.get())
                : withTarget(version.get(), method, target, headers);
    }

    private static int tokenEnd(byte[] bytes) {
        int end = 0;
        while (Grammar.isToken(bytes[end])) {
            end++;
        }
        return end;
    }

    private static Optional<Version> version(byte[] bytes, int space) {
        int start = space + 1;
        if (bytes[space] != ' ' || bytes.length < start + VERSION_BYTES + 2) {
            return Optional.empty();
        }
        boolean isHttp1 =
                bytes[start] == 'H'
                        && bytes[start + 1] == 'T'
                        && bytes[start + 2] == 'T'
                        && bytes[start + 3] == 'P'
                        && bytes[start + 4] == '/'
                        && bytes[start + 5] == '1'
                        && bytes[start + 6] == '.'
                        && bytes[start + VERSION_BYTES] == '\r'
                        && bytes[start + VERSION_BYTES + 1] == '\n';
        if (!isHttp1) {
            return Optional.empty();
        }
        return switch (bytes[start + 7]) {
            case '0' -> Optional.of(Version.HTTP_1_0);
            case '1' -> Optional.of(Version.HTTP_1_1);
            default -> Optional.empty();
        };
    }

    /** The four forms of a target (RFC 9112 §3.2); the authority form is CONNECT's alone. */
    private Read withTarget(
            Version version, AsciiString method, AsciiString target, Headers headers) {
        List<AsciiString> hosts = headers.all(Names.HOST);
        if (hosts.size() != 1) {
            return refused(400, "Host is missing, or there are several");
        }
        AsciiString authority = hosts.getFirst();
        if (method.equals(Methods.CONNECT) || method.equals(Methods.TRACE)) {
            return refused(405, method + " is not for a gateway");
        }
        if (target.byteAt(0) == '/') {
            return withAuthority(version, method, authority, target, headers);
        }
        if (target.contentEquals("*")) {
            return method.equals(Methods.OPTIONS)
                    ? withAuthority(version, method, authority, target, headers)
                    : refused(400, "the target * is for OPTIONS alone");
        }
        if (!target.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return refused(400, "the target is neither a path nor a URL of this port's scheme");
        }
        int slash = target.indexOf('/', scheme.length());
        int end = slash < 0 ? target.length() : slash;
        AsciiString named = target.subSequence(scheme.length(), end, false);
        AsciiString path =
                slash < 0
                        ? AsciiString.cached("/")
                        : target.subSequence(slash, target.length(), false);
        return named.contentEqualsIgnoreCase(authority)
                ? withAuthority(version, method, authority, path, headers)
                : refused(400, "the target and Host name different hosts");
    }

    private static Read withAuthority(
            Version version,
            AsciiString method,
            AsciiString authority,
            AsciiString target,
            Headers headers) {
        Optional<Hostname> host = Authority.host(authority);
        if (host.isEmpty()) {
            return refused(400, "Host is no host name");
        }
        return switch (Framing.ofRequest(version, headers)) {
            case Framing.Refused(int status, String why) -> refused(status, why);
            case Framing.Body(BodyLength length, BodyReader reader) -> {
                boolean expectsContinue = headers.lists(Names.EXPECT, Values.CONTINUE_100);
                boolean keepsAlive =
                        version == Version.HTTP_1_1
                                && !headers.lists(Names.CONNECTION, Values.CLOSE);
                Upgrade upgrade = upgrade(method, length, headers);
                headers.removeIf((name, value) -> Framing.isFraming(name));
                yield new Read.Good(
                        new Http1Request(
                                new RequestHead(
                                        version,
                                        method,
                                        authority,
                                        host.get(),
                                        target,
                                        headers,
                                        length,
                                        upgrade),
                                reader,
                                keepsAlive,
                                expectsContinue));
            }
        };
    }

    /** RFC 6455 §4.1; other upgrades are not taken, which RFC 9110 §7.8 allows. */
    private static Upgrade upgrade(AsciiString method, BodyLength length, Headers headers) {
        boolean isWebSocket =
                headers.lists(Names.UPGRADE, Values.WEBSOCKET)
                        && headers.lists(Names.CONNECTION, Values.UPGRADE)
                        && method.equals(Methods.GET)
                        && length instanceof BodyLength.None;
        return isWebSocket ? Upgrade.WEBSOCKET : Upgrade.NONE;
    }

    private static Read refused(int status, String why) {
        return new Read.Refused(status, why);
    }
}
