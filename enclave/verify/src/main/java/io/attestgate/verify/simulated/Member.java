package io.attestgate.verify.simulated;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Json;
import java.util.Optional;

/** The members of this package's objects: bytes in base64url. */
final class Member {
    private Member() {}

    /** Exactly that many bytes; empty for anything else. */
    static Optional<byte[]> bytes(Json json, String field, int sizeBytes) {
        return bytes(json, field).filter(bytes -> bytes.length == sizeBytes);
    }

    static Optional<byte[]> bytes(Json json, String field) {
        return json instanceof Json.Obj object
                        && object.get(field).orElseGet(Json.Null::new) instanceof Json.Text text
                ? Base64Url.parse(text.value())
                : Optional.empty();
    }
}
