package io.attestgate.proxy.http;

import io.netty.buffer.ByteBuf;

/**
 * Finds where a head ends that arrives in pieces, looking at each byte once.
 *
 * <p>Lines end in CRLF and in nothing else: RFC 9112 §2.2 lets a recipient take a bare LF, and what
 * two recipients read differently is how requests are smuggled.
 */
public final class HeadScanner {
    public static final int INCOMPLETE = -1;
    public static final int MALFORMED = -2;

    private int scanned;
    private int lineStart;

    /**
     * Looks at what arrived since the last call.
     *
     * @param in begins with the head; no byte is taken
     * @return the head's length with its empty line, {@link #INCOMPLETE} or {@link #MALFORMED}
     */
    public int scan(ByteBuf in) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        int lf;
        while ((lf = in.indexOf(start + scanned, end, (byte) '\n')) >= 0) {
            int position = lf - start;
            if (position == lineStart || in.getByte(lf - 1) != '\r') {
                return MALFORMED;
            }
            scanned = position + 1;
            if (position - lineStart == 1) {
                return scanned;
            }
            lineStart = scanned;
        }
        scanned = end - start;
        return INCOMPLETE;
    }

    /** Ready for the next head. */
    public void reset() {
        scanned = 0;
        lineStart = 0;
    }
}
