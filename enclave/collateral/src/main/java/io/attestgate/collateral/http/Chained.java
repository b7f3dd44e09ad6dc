package io.attestgate.collateral.http;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Fault;
import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/** Text in a header, percent-encoded, as Intel's service carries chains of certificates. */
public final class Chained {
    /** A chain of two certificates has 3 KiB, tripled where every character is encoded. */
    static final int HEADER_CHARS_MAX = 64 * 1024;

    private Chained() {}

    /** The header's text, decoded (RFC 3986 §2.1); a plus is a plus. */
    public static String text(HttpHeaders headers, String name) throws MalformedException {
        String field =
                headers.firstValue(name)
                        .orElseThrow(() -> new MalformedException(name, "absent", "a header"));
        if (field.length() > HEADER_CHARS_MAX) {
            throw new MalformedException(name, field.length() + " characters", "at most 65536");
        }
        try {
            return URLDecoder.decode(field.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(Fault.quoted(name, field, "percent-encoded text"));
        }
    }
}
