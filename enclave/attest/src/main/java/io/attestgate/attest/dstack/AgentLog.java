package io.attestgate.attest.dstack;

import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent's event log in the form that evidence carries (docs/evidence-dcap.md): of each event
 * what its digest is made of, or the digest where that cannot be computed, and nothing else.
 *
 * <p>The firmware's own payloads, which may be long, are left out: nothing holds them against the
 * registers.
 */
final class AgentLog {
    private static final int EVENTS_MAX = 1024;
    private static final int RUNTIME_REGISTER = 3;

    private AgentLog() {}

    static byte[] of(Json log) throws MalformedException {
        List<Json> events = new ArrayList<>();
        for (JsonFields event :
                JsonFields.of("$", Json.object("event_log", log))
                        .objects("event_log", EVENTS_MAX)) {
            events.add(event(event));
        }
        return CanonicalJson.write(new Json.Arr(events));
    }

    private static Json event(JsonFields event) throws MalformedException {
        int register = event.number("imr", RUNTIME_REGISTER);
        String payload = register == RUNTIME_REGISTER ? hex(event, "event_payload") : "";
        Map<String, Json> members =
                new LinkedHashMap<>(
                        Json.object(
                                        "imr",
                                        register,
                                        "event_type",
                                        event.uint32("event_type"),
                                        "digest",
                                        event.has("digest") ? hex(event, "digest") : "",
                                        "event",
                                        event.text("event"),
                                        "event_payload",
                                        payload)
                                .members());
        if (event.has("version")) {
            members.put("version", new Json.Int(event.uint32("version")));
        }
        return new Json.Obj(members);
    }

    /** Bytes, as JSON has them (hexadecimal) or as MessagePack may (an array of numbers). */
    static String hex(JsonFields fields, String name) throws MalformedException {
        Optional<byte[]> bytes =
                fields.member(name) instanceof Json.Arr array
                        ? bytes(array)
                        : JsonFields.hex(fields.text(name));
        return bytes.map(HexFormat.of()::formatHex).orElseThrow(() -> fields.fault(name, "bytes"));
    }

    private static Optional<byte[]> bytes(Json.Arr array) {
        byte[] bytes = new byte[array.elements().size()];
        for (int i = 0; i < bytes.length; i++) {
            if (!(array.elements().get(i) instanceof Json.Int number)
                    || number.value() >>> Byte.SIZE != 0) {
                return Optional.empty();
            }
            bytes[i] = (byte) number.value();
        }
        return Optional.of(bytes);
    }
}
