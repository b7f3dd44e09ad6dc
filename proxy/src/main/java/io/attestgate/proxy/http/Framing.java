package io.attestgate.proxy.http;

import io.netty.util.AsciiString;
import java.util.List;

/** How long the body of an HTTP/1.1 message is (RFC 9112 §6.3), or that it does not say so well. */
public sealed interface Framing {

    /** It has one length, and this reads it. */
    record Body(BodyLength length, BodyReader reader) implements Framing {}

    /** It says so in a way that another reader may understand differently. */
    record Refused(int status, String why) implements Framing {}

    /** 18 digits keep the length within a long. */
    int LENGTH_DIGITS_MAX = 18;

    /** Of a request. */
    static Framing ofRequest(Version version, Headers headers) {
        List<AsciiString> codings = headers.all(Names.TRANSFER_ENCODING);
        List<AsciiString> lengths = headers.all(Names.CONTENT_LENGTH);
        if (codings.isEmpty() && lengths.isEmpty()) {
            return new Body(BodyLength.NONE, BodyReader.none());
        }
        if (!codings.isEmpty()) {
            if (!lengths.isEmpty() || version == Version.HTTP_1_0) {
                return new Refused(400, "Transfer-Encoding where it may not be");
            }
            return isChunked(codings)
                    ? new Body(BodyLength.UNKNOWN, new ChunkedBody())
                    : new Refused(501, "Transfer-Encoding is not chunked alone");
        }
        return ofLength(lengths);
    }

    /** Of an answer with that status to a request that was HEAD or not. */
    static Framing ofResponse(int status, boolean toHead, Headers headers) {
        List<AsciiString> codings = headers.all(Names.TRANSFER_ENCODING);
        List<AsciiString> lengths = headers.all(Names.CONTENT_LENGTH);
        if (!codings.isEmpty() && (!lengths.isEmpty() || !isChunked(codings))) {
            return new Refused(502, "Transfer-Encoding with a length, or not chunked alone");
        }
        boolean hasNone = status < 200 || status == 204;
        if (hasNone) {
            return new Body(BodyLength.NONE, BodyReader.none());
        }
        if (toHead || status == 304) {
            // A length, if there is one, is that of the body which another request would get.
            if (lengths.isEmpty()) {
                return new Body(BodyLength.NONE, BodyReader.none());
            }
            return ofLength(lengths) instanceof Body(BodyLength length, BodyReader unread)
                    ? new Body(length, BodyReader.none())
                    : new Refused(502, "Content-Length is no number");
        }
        if (!codings.isEmpty()) {
            return new Body(BodyLength.UNKNOWN, new ChunkedBody());
        }
        return lengths.isEmpty()
                ? new Body(BodyLength.UNKNOWN, BodyReader.untilClose())
                : ofLength(lengths);
    }

    private static Framing ofLength(List<AsciiString> lengths) {
        AsciiString digits = lengths.getFirst();
        boolean isNumber = !digits.isEmpty() && digits.length() <= LENGTH_DIGITS_MAX;
        for (int i = 0; i < digits.length() && isNumber; i++) {
            isNumber = digits.byteAt(i) >= '0' && digits.byteAt(i) <= '9';
        }
        if (lengths.size() != 1 || !isNumber) {
            return new Refused(400, "Content-Length is not one number");
        }
        long bytes = digits.parseLong();
        return new Body(new BodyLength.Known(bytes), BodyReader.fixed(bytes));
    }

    private static boolean isChunked(List<AsciiString> codings) {
        return codings.size() == 1 && codings.getFirst().contentEqualsIgnoreCase(Values.CHUNKED);
    }

    /** Whether the field is about framing, which each hop writes anew. */
    static boolean isFraming(AsciiString name) {
        return name.equals(Names.CONTENT_LENGTH)
                || name.equals(Names.TRANSFER_ENCODING)
                || name.equals(Names.HOST);
    }
}
