package io.attestgate.verify.claims;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.Optional;

/**
 * The TLS keys of a host, each as SHA-256 of its SubjectPublicKeyInfo.
 *
 * @param connection the key of the very connection that the claims answer
 * @param next the key that will follow it; empty until it is made
 */
public record TlsKeys(Hash32 connection, Optional<Hash32> next) {

    static TlsKeys read(Fields fields) throws Fields.Malformed {
        return new TlsKeys(fields.hash("connection"), fields.hashOrNull("next"));
    }

    Json.Obj toJson() {
        return Json.object("connection", Fields.json(connection), "next", Fields.json(next));
    }
}
