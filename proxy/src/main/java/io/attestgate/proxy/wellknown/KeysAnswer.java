package io.attestgate.proxy.wellknown;

import io.attestgate.certificate.key.AttestedKey;
import io.attestgate.certificate.key.Certificates;
import io.attestgate.certificate.key.ServingCertificate;
import io.attestgate.proxy.respond.LocalAnswer;
import io.attestgate.proxy.respond.LocalRequest;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.List;

/**
 * Answers with the keys that a host has and will have, each with its own evidence, so that a client
 * that pins one can follow to the next. One replica, which is this one.
 */
final class KeysAnswer {
    private final Certificates certificates;

    KeysAnswer(WellKnownParts parts) {
        this.certificates = parts.certificates();
    }

    LocalAnswer answer(LocalRequest request) {
        Json current =
                certificates
                        .current(request.host())
                        .map(ServingCertificate::key)
                        .map(KeysAnswer::json)
                        .orElseGet(Json.Null::new);
        Json next =
                certificates.next(request.host()).map(KeysAnswer::json).orElseGet(Json.Null::new);
        Json replica = Json.object("current", current, "next", next);
        return JsonAnswer.ok(Json.object("replicas", new Json.Arr(List.of(replica))));
    }

    /** The evidence is ours and was judged before it was kept, so it can be read. */
    private static Json json(AttestedKey key) {
        Json evidence =
                EvidenceEnvelope.parse(key.evidence())
                        .toOptional()
                        .<Json>map(EvidenceEnvelope::toJson)
                        .orElseThrow(() -> new AssertionError("evidence that was judged"));
        return Json.object("spki", base64(key.spkiSha256()), "evidence", evidence);
    }

    private static String base64(Hash32 hash) {
        return Base64Url.write(hash.bytes());
    }
}
