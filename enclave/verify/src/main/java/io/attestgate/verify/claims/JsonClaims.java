package io.attestgate.verify.claims;

import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.time.Instant;

/** Claims that are written as canonical JSON (RFC 8785). */
public sealed interface JsonClaims extends Claims permits EndpointClaims, MeshClaims, TlsKeyClaims {

    /** When the enclave made the claims, by its own clock, in whole seconds. */
    Instant issuedAt();

    /** The policy that the enclave obeys. */
    PolicyReference policy();

    /** SHA-256 of the bootstrap file's exact bytes, as the measured code read them. */
    Hash32 config();

    /** All fields of the role. */
    Json.Obj toJson();

    @Override
    default byte[] toBytes() {
        return CanonicalJson.write(toJson());
    }
}
