package io.attestgate.proxy.operations;

import io.attestgate.policy.document.LogRule;
import io.attestgate.proxy.http.Headers;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Those fields of a request, as the client sent them, that the gateway's document lets out. */
final class LoggedFields {
    /** Sixteen such values wait with each of 10,000 lines: 40 MiB at worst. */
    static final int VALUE_CHARS_MAX = 256;

    private LoggedFields() {}

    /** Several fields of one name are one, as RFC 9110 §5.3 joins them. */
    static Map<String, String> of(Headers request, LogRule rule) {
        if (rule.headers().isEmpty()) {
            return Map.of();
        }
        Map<String, String> fields = new TreeMap<>();
        for (String name : rule.headers()) {
            List<AsciiString> values = request.all(AsciiString.of(name));
            if (!values.isEmpty()) {
                String value = String.join(", ", values);
                fields.put(name, value.substring(0, Math.min(value.length(), VALUE_CHARS_MAX)));
            }
        }
        return fields;
    }
}
