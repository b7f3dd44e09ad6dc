package io.attestgate.proxy.cli;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that an envelope says, believed in nothing. */
record ShownEnvelope(EvidenceFile.Envelope file) {

    Json.Obj tree() {
        EvidenceEnvelope envelope = file.envelope();
        Map<String, Json> members = new LinkedHashMap<>();
        envelope.evidence().forEach((name, member) -> members.put(name, shown(member)));
        return Json.object(
                "claims", claims(envelope.claims()),
                "reportData", Hex.write(envelope.reportData().bytes()),
                "path", Json.Arr.of(envelope.path().stream().map(Hash32::toString).toList()),
                "evidence", new Json.Obj(members));
    }

    /** Those that are no JSON are shown as they are. */
    private static Json claims(byte[] claims) {
        return JsonReader.parse(claims, claims.length)
                .toOptional()
                .orElseGet(() -> new Json.Text(Hex.write(claims)));
    }

    private static Json.Obj shown(CmwRecord member) {
        byte[] value = member.value();
        Map<String, Json> shown = new LinkedHashMap<>();
        shown.put("kind", new Json.Text(member.kind()));
        shown.put("bytes", new Json.Int(value.length));
        EvidenceKinds.ofMediaType(member.kind())
                .map(kind -> kind.inspect(value))
                .or(() -> JsonReader.parse(value, value.length).toOptional().map(ShownEnvelope::of))
                .ifPresent(
                        said -> {
                            switch (said) {
                                case Parsed.Good<Json.Obj> good ->
                                        shown.putAll(good.value().members());
                                case Parsed.Bad<Json.Obj> bad ->
                                        shown.put(
                                                "broken",
                                                new Json.Text(bad.faults().getFirst().toString()));
                            }
                        });
        return new Json.Obj(shown);
    }

    /** Of a kind that no vendor has: the simulated platform's report, dstack's log. */
    private static Parsed<Json.Obj> of(Json json) {
        return Parsed.good(Json.object("says", json));
    }
}
