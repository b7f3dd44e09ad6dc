package io.attestgate.client.connect;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the one answer that this client asks for, and refuses all that HTTP/1.1 allows besides: no
 * transfer coding, no content coding, no field twice, no folded lines, no bare LF, no length that
 * is missing.
 *
 * <p>The other end may be hostile, so nothing is read beyond the bounds, and memory grows with what
 * came, not with what was announced.
 */
final class HttpAnswerReader {
    /** More than a gateway sends, less than a header flood needs. */
    static final int HEAD_BYTES_MAX = 16 * 1024;

    static final int FIELDS_MAX = 64;

    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.1 ([1-5][0-9]{2})( [\\t\\x20-\\x7e]*)?");

    /** RFC 9110 §5.1 and §5.5, ASCII only. */
    private static final Pattern FIELD =
            Pattern.compile(
                    "([!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}):[ \\t]*((?:[\\x21-\\x7e]"
                            + "(?:[\\t\\x20-\\x7e]*[\\x21-\\x7e])?)?)[ \\t]*");

    private final InputStream in;
    private final int bodyBytesMax;
    private int headBytes;

    private HttpAnswerReader(InputStream in, int bodyBytesMax) {
        this.in = in;
        this.bodyBytesMax = bodyBytesMax;
    }

    /**
     * Reads one answer.
     *
     * @throws IOException if the connection ends or breaks before the answer does
     */
    static Parsed<HttpAnswer> read(InputStream in, int bodyBytesMax) throws IOException {
        try {
            return Parsed.good(new HttpAnswerReader(in, bodyBytesMax).answer());
        } catch (Malformed e) {
            return Parsed.bad(e.fault);
        }
    }

    private HttpAnswer answer() throws IOException, Malformed {
        int status = status(line());
        Map<String, String> fields = fields();
        refuse(fields, "transfer-encoding");
        refuse(fields, "content-encoding");
        return new HttpAnswer(status, fields, body(length(fields)));
    }

    private static int status(String line) throws Malformed {
        Matcher status = STATUS_LINE.matcher(line);
        if (!status.matches()) {
            throw new Malformed(Fault.quoted("status line", line, "HTTP/1.1 and a status"));
        }
        int code = Integer.parseInt(status.group(1));
        if (code < 200) {
            throw new Malformed(new Fault("status", Integer.toString(code), "a final status"));
        }
        return code;
    }

    private Map<String, String> fields() throws IOException, Malformed {
        Map<String, String> fields = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new Malformed(Fault.quoted("field", line, "name: value (RFC 9112 §5)"));
            }
            String name = field.group(1).toLowerCase(Locale.ROOT);
            if (fields.put(name, field.group(2)) != null) {
                throw new Malformed(Fault.quoted("field", name, "no field twice"));
            }
            if (fields.size() > FIELDS_MAX) {
                throw new Malformed(
                        new Fault("fields", "more", "at most " + FIELDS_MAX + " fields"));
            }
        }
        return fields;
    }

    private static void refuse(Map<String, String> fields, String name) throws Malformed {
        String value = fields.get(name);
        if (value != null) {
            throw new Malformed(Fault.quoted(name, value, "no coding: identity was asked for"));
        }
    }

    private int length(Map<String, String> fields) throws Malformed {
        String length = fields.getOrDefault("content-length", "");
        String rule = "a length of at most " + bodyBytesMax + " bytes";
        if (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > bodyBytesMax) {
            throw new Malformed(Fault.quoted("content-length", length, rule));
        }
        return Integer.parseInt(length);
    }

    private byte[] body(int length) throws IOException {
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("body: %d bytes (expected: %d)".formatted(body.length, length));
        }
        return body;
    }

    /** A line without its CRLF; one byte a character. */
    private String line() throws IOException, Malformed {
        StringBuilder line = new StringBuilder();
        for (int b = next(); b != '\r'; b = next()) {
            if (b == '\n') {
                throw new Malformed(Fault.quoted("line", line.toString(), "CRLF at its end"));
            }
            line.append((char) b);
        }
        if (next() != '\n') {
            throw new Malformed(Fault.quoted("line", line.toString(), "CRLF at its end"));
        }
        return line.toString();
    }

    private int next() throws IOException, Malformed {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the connection ended inside the answer's head");
        }
        if (++headBytes > HEAD_BYTES_MAX) {
            throw new Malformed(new Fault("head", "more", "at most " + HEAD_BYTES_MAX + " bytes"));
        }
        return b;
    }

    /** Leaves the descent; never the class. */
    private static final class Malformed extends Exception {
        private final transient Fault fault;

        Malformed(Fault fault) {
            super(fault.toString(), null, false, false);
            this.fault = fault;
        }
    }
}
