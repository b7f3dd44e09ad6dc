package io.attestgate.verify.claims;

import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a gateway says on one connection to one host.
 *
 * @param nonce the client's
 * @param host the name that the connection asked for
 * @param signingKey the account whose signature is on answers
 * @param acmeAccounts at most {@link #ACCOUNTS_MAX}; empty before the first account
 * @param documents as enforced for this host
 * @param gpu SHA-256 over the GPU members of the evidence; empty without a GPU
 */
public record EndpointClaims(
        Hash32 nonce,
        Instant issuedAt,
        Instant notAfter,
        Hostname host,
        TlsKeys tlsKeys,
        Binding binding,
        Address signingKey,
        HttpKey httpKey,
        List<AcmeAccount> acmeAccounts,
        PolicyReference policy,
        DocumentHashes documents,
        Hash32 config,
        Optional<Hash32> gpu,
        Optional<Hash32> instance)
        implements JsonClaims {
    public static final int ACCOUNTS_MAX = 16;

    public EndpointClaims {
        Validity.require(issuedAt, notAfter);
        acmeAccounts = List.copyOf(acmeAccounts);
        if (acmeAccounts.size() > ACCOUNTS_MAX) {
            throw new IllegalArgumentException(
                    "acmeAccounts: %d (expected: at most %d)"
                            .formatted(acmeAccounts.size(), ACCOUNTS_MAX));
        }
    }

    /** Reads the canonical JSON of exactly this role. */
    public static Parsed<EndpointClaims> parse(byte[] bytes) {
        return Fields.parse(Role.ENDPOINT, bytes, EndpointClaims::read);
    }

    private static EndpointClaims read(Fields fields) throws Fields.Malformed {
        Instant issuedAt = fields.instant("issuedAt");
        Instant notAfter = fields.instant("notAfter");
        fields.require(issuedAt.isBefore(notAfter), "notAfter", "after issuedAt");
        return new EndpointClaims(
                fields.hash("nonce"),
                issuedAt,
                notAfter,
                fields.host("host"),
                fields.object("tlsKeys", TlsKeys::read),
                fields.parsed("binding", Binding::parse, "spki, or 32 bytes in base64url"),
                fields.address("signingKey"),
                fields.parsed("httpKey", HttpKey::parse, "the SPKI of a P-256 key in base64url"),
                fields.objectsOrNull("acmeAccounts", ACCOUNTS_MAX, AcmeAccount::read),
                fields.object("policy", PolicyReference::read),
                fields.object("documents", DocumentHashes::read),
                fields.hash("config"),
                fields.hashOrNull("gpu"),
                fields.hashOrNull("instance"));
    }

    @Override
    public Role role() {
        return Role.ENDPOINT;
    }

    @Override
    public Json.Obj toJson() {
        return Json.object(
                "role", role().toString(),
                "nonce", Fields.json(nonce),
                "issuedAt", issuedAt.toString(),
                "notAfter", notAfter.toString(),
                "host", host.value(),
                "tlsKeys", tlsKeys.toJson(),
                "binding", binding.toString(),
                "signingKey", signingKey.toString(),
                "httpKey", httpKey.toString(),
                "acmeAccounts", accounts(),
                "policy", policy.toJson(),
                "documents", documents.toJson(),
                "config", Fields.json(config),
                "gpu", Fields.json(gpu),
                "instance", Fields.json(instance));
    }

    private Json accounts() {
        return acmeAccounts.isEmpty()
                ? new Json.Null()
                : new Json.Arr(acmeAccounts.stream().<Json>map(AcmeAccount::toJson).toList());
    }
}
