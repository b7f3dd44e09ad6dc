package io.attestgate.bench;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.wire.Hex;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A quote of a TPM, by a key that the reader knows; its parts are read anew each time. */
final class KeptTpmQuote {
    private static final String NAME = "evidence/tpm/generic-coco";
    private static final String[] PARTS = {".ak.spki.der", ".pcrs.json", ".tpmt_signature.bin"};
    private static final String ALL_PCRS =
            "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23";

    private KeptTpmQuote() {}

    static Kept make() {
        return Kept.isReal(NAME + ".tpms_attest.bin") ? real() : played();
    }

    private static Kept real() {
        SortedMap<String, byte[]> parts = new TreeMap<>();
        for (String part : PARTS) {
            parts.put("quote" + part, RealVectors.read(NAME + part));
        }
        return kept(
                RealVectors.read(NAME + ".tpms_attest.bin"),
                new Bundle(parts),
                "spki:0xa517f03ffdaee469aef1a19569547e330726335d0461c3ef6383409c6295679e",
                ALL_PCRS);
    }

    private static Kept played() {
        TpmKey key = TpmKey.attesting();
        return kept(
                TpmQuote.of(key).evidence(),
                Bundle.empty(),
                "name:" + Hex.write(key.name()),
                "0,1,4,7");
    }

    private static Kept kept(byte[] evidence, Bundle parts, String key, String pcrs) {
        AppraisalPolicy policy = policy(key, pcrs);
        EvidenceKind kind = EvidenceKinds.recognise(evidence).orElseThrow();
        Instant now = Instant.parse("2026-06-01T12:00:00Z");
        return () -> kind.verify(evidence, parts, policy, Optional.empty(), now);
    }

    private static AppraisalPolicy policy(String key, String pcrs) {
        String json =
                """
                {"roots": ["google-ek-ak"], "tcbStates": {"unjudged": "2099-01-01T00:00:00Z"},
                 "advisories": {}, "debug": "refused",
                 "tpm": {"keys": ["%s"], "activated": {},
                         "pcrs": {"bank": "sha256", "selection": [%s], "values": {}},
                         "clock": {"safe": "any", "resetCount": "any", "restartCount": "any"},
                         "firmwareVersions": "any", "replayed": [], "revocation": "if-present"}}
                """
                        .formatted(key, pcrs);
        return EvidenceKinds.policy(json.getBytes(StandardCharsets.UTF_8))
                .toOptional()
                .orElseThrow();
    }
}
