package io.attestgate.attest.dstack;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A final answer of an HTTP/1.1 server.
 *
 * @param status 200 to 599
 * @param body decoded, at most {@link #BODY_BYTES_MAX}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; ours alone.
record HttpAnswer(int status, byte[] body) {
    /** More than the longest event log in hexadecimal. */
    static final int BODY_BYTES_MAX = 4 * 1024 * 1024;

    static final int HEAD_BYTES_MAX = 16 * 1024;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([2-5][0-9]{2})( .*)?");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,10}");

    /** How a body ends (RFC 9112 §6.3). */
    sealed interface Framing {
        /** After so many bytes. */
        record Length(int bytes) implements Framing {}

        /** After a chunk of no bytes. */
        record Chunked() implements Framing {}

        /** With the connection. */
        record UntilClose() implements Framing {}
    }

    /** What stands before the body. */
    record Head(int status, Framing framing) {}

    /** Reads a head without the empty line that ends it. */
    static Head head(byte[] bytes) throws MalformedException {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r\n", -1);
        Matcher status = STATUS.matcher(lines[0]);
        if (!status.matches()) {
            throw new MalformedException(
                    Fault.quoted("answer", lines[0], "HTTP/1.1 and a final status (RFC 9112 §4)"));
        }
        Map<String, List<String>> fields = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            Matcher field = FIELD.matcher(lines[i]);
            if (!field.matches()) {
                throw new MalformedException(
                        Fault.quoted("answer's field", lines[i], "name: value (RFC 9112 §5)"));
            }
            fields.computeIfAbsent(
                            field.group(1).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field.group(2));
        }
        return new Head(Integer.parseInt(status.group(1)), framing(fields));
    }

    private static Framing framing(Map<String, List<String>> fields) throws MalformedException {
        Optional<List<String>> coding = Optional.ofNullable(fields.get("transfer-encoding"));
        Optional<List<String>> length = Optional.ofNullable(fields.get("content-length"));
        if (coding.isEmpty()) {
            return length.isEmpty() ? new Framing.UntilClose() : length(length.get());
        }
        if (length.isPresent()
                || coding.get().size() != 1
                || !coding.get().getFirst().equalsIgnoreCase("chunked")) {
            throw new MalformedException(
                    Fault.quoted(
                            "transfer-encoding",
                            String.join(", ", coding.get()),
                            "chunked, and no content-length beside it (RFC 9112 §6.3)"));
        }
        return new Framing.Chunked();
    }

    private static Framing length(List<String> values) throws MalformedException {
        String value = values.getFirst();
        if (values.size() != 1
                || !LENGTH.matcher(value).matches()
                || Long.parseLong(value) > BODY_BYTES_MAX) {
            throw new MalformedException(
                    Fault.quoted(
                            "content-length",
                            String.join(", ", values),
                            "one number of at most " + BODY_BYTES_MAX));
        }
        return new Framing.Length(Integer.parseInt(value));
    }
}
