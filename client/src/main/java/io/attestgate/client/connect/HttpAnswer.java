package io.attestgate.client.connect;

import java.util.Map;
import java.util.Optional;

/**
 * One HTTP/1.1 answer, whole.
 *
 * @param status 100 to 599
 * @param fields names in lower case, each at most once
 * @param body as sent, without any coding
 */
@SuppressWarnings("ArrayRecordComponent") // Read once, by the parser of the body.
public record HttpAnswer(int status, Map<String, String> fields, byte[] body) {
    public HttpAnswer {
        fields = Map.copyOf(fields);
        body = body.clone();
    }

    /** The field of that lower-case name. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** The media type without its parameters, in lower case; empty if there is none. */
    public Optional<String> mediaType() {
        return field("content-type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(java.util.Locale.ROOT));
    }
}
