package io.attestgate.proxy.wellknown;

import io.attestgate.proxy.respond.LocalAnswer;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers in JSON that no cache keeps: each is of its moment, and evidence of its connection. */
final class JsonAnswer {
    private static final String TYPE = "application/json";

    private static final Map<String, String> FIELDS =
            Map.of("cache-control", "no-store", "x-content-type-options", "nosniff");

    private JsonAnswer() {}

    static LocalAnswer ok(Json body) {
        return of(200, CanonicalJson.write(body));
    }

    /** {@code {"error": "name: value (expected: rule)"}}. */
    static LocalAnswer refusal(int status, Fault fault) {
        return of(status, CanonicalJson.write(Json.object("error", fault.toString())));
    }

    static LocalAnswer of(int status, byte[] body) {
        return new LocalAnswer(status, TYPE, FIELDS, body);
    }

    /** The same with one field more. */
    static LocalAnswer withField(LocalAnswer answer, String name, String value) {
        Map<String, String> fields = new LinkedHashMap<>(answer.headers());
        fields.put(name, value);
        return new LocalAnswer(answer.status(), answer.contentType(), fields, answer.body());
    }
}
