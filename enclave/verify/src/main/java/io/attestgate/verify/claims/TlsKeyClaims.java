package io.attestgate.verify.claims;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.Optional;

/**
 * What a gateway says about one TLS key, before it orders a certificate for it.
 *
 * @param nonce SHA-256 of the certificate signing request (PKCS #10, DER)
 * @param host the name that the certificate is for
 * @param tlsKey SHA-256 of the key's SubjectPublicKeyInfo
 * @param documents as enforced for this host when the key was made
 */
public record TlsKeyClaims(
        Hash32 nonce,
        Instant issuedAt,
        Instant notAfter,
        Hostname host,
        Hash32 tlsKey,
        PolicyReference policy,
        DocumentHashes documents,
        Hash32 config,
        Optional<Hash32> instance)
        implements JsonClaims {
    public TlsKeyClaims {
        Validity.require(issuedAt, notAfter);
    }

    /** Reads the canonical JSON of exactly this role. */
    public static Parsed<TlsKeyClaims> parse(byte[] bytes) {
        return Fields.parse(Role.TLS_KEY, bytes, TlsKeyClaims::read);
    }

    private static TlsKeyClaims read(Fields fields) throws Fields.Malformed {
        Instant issuedAt = fields.instant("issuedAt");
        Instant notAfter = fields.instant("notAfter");
        fields.require(issuedAt.isBefore(notAfter), "notAfter", "after issuedAt");
        return new TlsKeyClaims(
                fields.hash("nonce"),
                issuedAt,
                notAfter,
                fields.host("host"),
                fields.hash("tlsKey"),
                fields.object("policy", PolicyReference::read),
                fields.object("documents", DocumentHashes::read),
                fields.hash("config"),
                fields.hashOrNull("instance"));
    }

    @Override
    public Role role() {
        return Role.TLS_KEY;
    }

    @Override
    public Json.Obj toJson() {
        return Json.object(
                "role", role().toString(),
                "nonce", Fields.json(nonce),
                "issuedAt", issuedAt.toString(),
                "notAfter", notAfter.toString(),
                "host", host.value(),
                "tlsKey", Fields.json(tlsKey),
                "policy", policy.toJson(),
                "documents", documents.toJson(),
                "config", Fields.json(config),
                "instance", Fields.json(instance));
    }
}
