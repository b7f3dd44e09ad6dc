package io.attestgate.verify.tpm;

import io.attestgate.verify.azure.AzureEvidence;
import io.attestgate.verify.azure.RuntimeData;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Quotes and what vouches for them as trees of names and values, for people.
 *
 * @param processors the kinds of reports that may be within
 */
record Inspection(List<EvidenceKind> processors) {

    Json.Obj of(TpmEvidence evidence) {
        Map<String, Json> tree = new LinkedHashMap<>();
        tree.put("quote", of(evidence.attest()));
        tree.put(
                "signature",
                new Json.Text(
                        "%s with %s"
                                .formatted(
                                        evidence.signature().algorithm(),
                                        evidence.signature().hash())));
        evidence.key().ifPresent(key -> tree.put("key", key(key)));
        evidence.endorsementKey().ifPresent(ek -> tree.put("ek", new Json.Text(ek.toString())));
        tree.put("pcrs", pcrs(evidence.pcrs()));
        tree.put(
                "eventLog",
                new Json.Text(
                        evidence.eventLog().map(log -> log.size() + " bytes").orElse("none")));
        tree.put("certificates", certificates(evidence.certificates()));
        evidence.azure().ifPresent(azure -> tree.put("azure", of(azure)));
        return new Json.Obj(tree);
    }

    Json.Obj of(Attest attest) {
        return texts(Claims.of(attest));
    }

    /** The processor's report with the runtime data whose hash it carries. */
    Json.Obj hcl(Octets hardware, RuntimeData runtime) {
        return Json.object("hardware", hardware(hardware), "runtime", of(runtime));
    }

    private Json.Obj of(AzureEvidence azure) {
        return hcl(azure.hardware(), azure.runtime());
    }

    private static Json of(RuntimeData runtime) {
        Optional<Hash32> key =
                Keys.rsa(
                                runtime.attestationKey().getModulus(),
                                runtime.attestationKey().getPublicExponent())
                        .map(good -> AttestationKey.of(good).spki());
        return Json.object(
                "sha256", Hash32.of(Digests.sha256(runtime.bytes().bytes())).toString(),
                "HCLAkPub", key.map(Hash32::toString).orElse("a key that does not count"),
                "configuration", texts(runtime.configuration()));
    }

    private Json hardware(Octets bytes) {
        return processors.stream()
                .filter(kind -> kind.isLike(bytes.bytes()))
                .findFirst()
                .<Json>map(
                        kind ->
                                switch (kind.inspect(bytes.bytes())) {
                                    case Parsed.Good<Json.Obj> good -> good.value();
                                    case Parsed.Bad<Json.Obj> bad ->
                                            new Json.Text(bad.faults().getFirst().toString());
                                })
                .orElseGet(() -> new Json.Text(bytes.size() + " bytes"));
    }

    private static Json key(AttestationKey key) {
        return Json.object(
                "spki", key.spki().toString(),
                "name", key.name().map(Octets::toString).orElse("unknown"),
                "attributes",
                        key.area()
                                .map(area -> "0x%08x".formatted(area.attributes()))
                                .orElse("unknown"));
    }

    private static Json pcrs(PcrValues pcrs) {
        Map<String, Json> all = new LinkedHashMap<>();
        pcrs.banks()
                .forEach(
                        (bank, values) ->
                                values.forEach(
                                        (pcr, value) ->
                                                all.put(
                                                        bank.spelling() + " " + pcr,
                                                        new Json.Text(value.toString()))));
        return new Json.Obj(all);
    }

    private static Json certificates(List<Octets> ders) {
        List<Json> all = new ArrayList<>();
        for (Octets der : ders) {
            Optional<X509Certificate> certificate = Certificates.parse(der.bytes()).toOptional();
            all.add(
                    new Json.Text(
                            certificate
                                    .map(
                                            one ->
                                                    "%s, sha256 %s"
                                                            .formatted(
                                                                    Certificates.name(one),
                                                                    Certificates.sha256(one)))
                                    .orElse("no certificate")));
        }
        return new Json.Arr(all);
    }

    private static Json.Obj texts(SortedMap<String, String> texts) {
        Map<String, Json> members = new LinkedHashMap<>();
        texts.forEach((name, text) -> members.put(name, new Json.Text(text)));
        return new Json.Obj(members);
    }
}
