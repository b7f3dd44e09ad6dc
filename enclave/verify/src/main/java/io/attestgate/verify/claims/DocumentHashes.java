package io.attestgate.verify.claims;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;

/**
 * The documents as they are enforced, each by the hash its slot holds.
 *
 * @param host the document that serves the host, of its own name or of its wildcard
 * @param gateway the document of the gateway as a whole
 */
public record DocumentHashes(Hash32 host, Hash32 gateway) {

    static DocumentHashes read(Fields fields) throws Fields.Malformed {
        return new DocumentHashes(fields.chainHash("host"), fields.chainHash("gateway"));
    }

    Json.Obj toJson() {
        return Json.object("host", host.toString(), "gateway", gateway.toString());
    }
}
