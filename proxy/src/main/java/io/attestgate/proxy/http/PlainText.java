package io.attestgate.proxy.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;

/**
 * A short answer of our own that says what happened: the status and one sentence.
 *
 * @param status of RFC 9110 §15
 * @param sentence for the person who reads it
 */
public record PlainText(int status, String sentence) {
    private static final AsciiString TYPE = AsciiString.cached("text/plain; charset=utf-8");
    private static final AsciiString NO_STORE = AsciiString.cached("no-store");
    private static final AsciiString CACHE_CONTROL = AsciiString.cached("cache-control");

    /** Its head, with the length of {@link #text}. */
    public ResponseHead head() {
        Headers headers = new Headers().add(Names.CONTENT_TYPE, TYPE).add(CACHE_CONTROL, NO_STORE);
        return new ResponseHead(status, headers, new BodyLength.Known(text().length()));
    }

    /** The body, in ASCII. */
    public String text() {
        return "%d %s\nattestgate: %s\n"
                .formatted(status, HttpResponseStatus.valueOf(status).reasonPhrase(), sentence);
    }
}
