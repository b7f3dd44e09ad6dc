package io.attestgate.proxy.wellknown;

import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.snapshot.DomainPolicy;
import io.attestgate.proxy.respond.LocalAnswer;
import io.attestgate.proxy.respond.LocalRequest;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.util.Optional;

/**
 * Answers with the snapshot in force and the documents that it enforces for the host: a
 * convenience, which proves nothing by itself. Evidence names the same hashes, and the documents'
 * canonical bytes have them.
 */
final class PolicyAnswer {
    /** The largest document: a contract's code less its first byte (EIP-170). */
    private static final int DOCUMENT_BYTES_MAX = 24_575;

    private final WellKnownParts parts;

    PolicyAnswer(WellKnownParts parts) {
        this.parts = parts;
    }

    LocalAnswer answer(LocalRequest request) {
        return parts.policy()
                .get()
                .flatMap(snapshot -> Enforced.of(snapshot, request.host(), parts.clock().instant()))
                .map(enforced -> JsonAnswer.ok(json(enforced)))
                .orElseGet(
                        () ->
                                JsonAnswer.refusal(
                                        503,
                                        new Fault("policy", "none in force", "one for the host")));
    }

    private Json json(Enforced enforced) {
        DomainPolicy policy = enforced.policy();
        return Json.object(
                "snapshot", snapshot(enforced.point()),
                "host", document(policy.name().value(), policy.documentHash()),
                "gateway", document("", policy.gatewayHash()));
    }

    private static Json snapshot(PolicyPoint point) {
        return Json.object(
                "chainId", point.chainId(),
                "contract", point.contract().toString(),
                "epoch", point.epoch(),
                "head", point.head().toString(),
                "block", point.block(),
                "blockHash", point.blockHash().toString(),
                "blockTime", point.blockTime().toString());
    }

    private Json document(String name, Hash32 hash) {
        Optional<Json> document =
                parts.documents()
                        .byHash(hash)
                        .flatMap(b -> JsonReader.parse(b, DOCUMENT_BYTES_MAX).toOptional());
        return Json.object(
                "name", name,
                "hash", hash.toString(),
                "document", document.orElseGet(Json.Null::new));
    }
}
