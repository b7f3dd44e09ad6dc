package io.attestgate.proxy.respond;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of our own, whole.
 *
 * @param status of RFC 9110 §15
 * @param contentType of {@code body}
 * @param headers others, names in lower case
 * @param body whose bytes belong to the answer from now on
 */
@SuppressWarnings("ArrayRecordComponent") // One owner after another, never compared.
public record LocalAnswer(
        int status, String contentType, Map<String, String> headers, byte[] body) {

    public LocalAnswer {
        headers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** With no other fields. */
    public static LocalAnswer of(int status, String contentType, byte[] body) {
        return new LocalAnswer(status, contentType, Map.of(), body);
    }
}
