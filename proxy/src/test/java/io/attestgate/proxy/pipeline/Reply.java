package io.attestgate.proxy.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An HTTP/1.1 answer as a test sees it.
 *
 * @param fields {@code name: value}, in order, names in lower case
 */
record Reply(int status, List<String> fields, String body, List<String> trailers) {

    static Reply read(InputStream in, boolean toHead) throws IOException {
        String statusLine = line(in);
        int status = Integer.parseInt(statusLine.substring(9, 12));
        List<String> fields = fields(in);
        Reply head = new Reply(status, fields, "", List.of());
        if (toHead || status < 200 || status == 204 || status == 304) {
            return head;
        }
        if (head.first("transfer-encoding").isPresent()) {
            return chunked(head, in);
        }
        Optional<String> length = head.first("content-length");
        byte[] body =
                length.isPresent()
                        ? in.readNBytes(Integer.parseInt(length.get()))
                        : in.readAllBytes();
        if (length.isPresent() && body.length < Integer.parseInt(length.get())) {
            throw new EOFException("the body is cut off");
        }
        return new Reply(status, fields, text(body), List.of());
    }

    private static Reply chunked(Reply head, InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        return new Reply(head.status, head.fields, text(body.toByteArray()), fields(in));
    }

    private static int chunkSize(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static List<String> fields(InputStream in) throws IOException {
        List<String> fields = new ArrayList<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            fields.add(line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon));
        }
        return fields;
    }

    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended within: " + line);
            }
            line.write(c);
        }
        String text = text(line.toByteArray());
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.startsWith(name + ":"))
                .map(field -> field.substring(name.length() + 1).trim())
                .toList();
    }
}
