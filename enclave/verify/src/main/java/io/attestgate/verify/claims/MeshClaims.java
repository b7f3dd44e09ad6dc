package io.attestgate.verify.claims;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.Optional;

/**
 * What one enclave says to another.
 *
 * @param nonce the peer's
 * @param tlsKey SHA-256 of the SubjectPublicKeyInfo of the key on this side of the connection
 * @param signingKey the account whose signature is on this replica's answers
 * @param gpu SHA-256 over the GPU members of the evidence; empty without a GPU
 */
public record MeshClaims(
        Hash32 nonce,
        Instant issuedAt,
        Instant notAfter,
        Hash32 tlsKey,
        Address signingKey,
        PolicyReference policy,
        Hash32 config,
        Optional<Hash32> gpu,
        Optional<Hash32> instance)
        implements JsonClaims {
    public MeshClaims {
        Validity.require(issuedAt, notAfter);
    }

    /** Reads the canonical JSON of exactly this role. */
    public static Parsed<MeshClaims> parse(byte[] bytes) {
        return Fields.parse(Role.MESH, bytes, MeshClaims::read);
    }

    private static MeshClaims read(Fields fields) throws Fields.Malformed {
        Instant issuedAt = fields.instant("issuedAt");
        Instant notAfter = fields.instant("notAfter");
        fields.require(issuedAt.isBefore(notAfter), "notAfter", "after issuedAt");
        return new MeshClaims(
                fields.hash("nonce"),
                issuedAt,
                notAfter,
                fields.hash("tlsKey"),
                fields.address("signingKey"),
                fields.object("policy", PolicyReference::read),
                fields.hash("config"),
                fields.hashOrNull("gpu"),
                fields.hashOrNull("instance"));
    }

    @Override
    public Role role() {
        return Role.MESH;
    }

    @Override
    public Json.Obj toJson() {
        return Json.object(
                "role", role().toString(),
                "nonce", Fields.json(nonce),
                "issuedAt", issuedAt.toString(),
                "notAfter", notAfter.toString(),
                "tlsKey", Fields.json(tlsKey),
                "signingKey", signingKey.toString(),
                "policy", policy.toJson(),
                "config", Fields.json(config),
                "gpu", Fields.json(gpu),
                "instance", Fields.json(instance));
    }
}
