package io.attestgate.verify.tpm;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;

/** Real quotes: their files as an auditor has them in one folder, and a policy for them. */
final class TpmVectors {
    static final String FOLDER = "evidence/tpm/";
    static final String COCO = "generic-coco";
    static final String AZURE = "milan-v3-azure-v0";
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /** SHA-256 of the SubjectPublicKeyInfo of the key that signed {@link #COCO}. */
    static final String COCO_SPKI =
            "0xa517f03ffdaee469aef1a19569547e330726335d0461c3ef6383409c6295679e";

    private static final String SNP = "evidence/snp/";
    private static final String[] PARTS = {
        FOLDER + COCO + ".ak.spki.der",
        FOLDER + COCO + ".pcrs.json",
        FOLDER + COCO + ".tpms_attest.bin",
        FOLDER + COCO + ".tpmt_signature.bin",
        FOLDER + AZURE + ".hcl-runtime-vardata.json",
        FOLDER + AZURE + ".pcrs.json",
        FOLDER + AZURE + ".rsassa-sha256.sig",
        FOLDER + AZURE + ".tpms_attest.bin",
        SNP + AZURE + ".report.bin",
        SNP + AZURE + ".vek.der",
        "collateral/go-sev-guest/verify/trust/ask_ark_milan.pem"
    };

    private TpmVectors() {}

    static byte[] quote(String name) {
        return RealVectors.read(FOLDER + name + ".tpms_attest.bin");
    }

    /** All of them together, by their names without folders. */
    static SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (String part : PARTS) {
            files.put(part.substring(part.lastIndexOf('/') + 1), RealVectors.read(part));
        }
        return files;
    }

    static Bundle bundle() {
        return new Bundle(files());
    }

    /** All 24 PCRs of SHA-256, and keys as given in JSON. */
    static AppraisalPolicy policy(String keys) {
        return policy(keys, "[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23]");
    }

    static AppraisalPolicy policy(String keys, String selection) {
        String floors =
                """
                {"bootloader": 0, "tee": 0, "snp": 0, "microcode": 0}\
                """;
        return read(
                """
                {"roots": ["amd-milan"], "tcbStates": {"unjudged": "2027-01-01T00:00:00Z"},
                 "advisories": {}, "debug": "refused",
                 "snp": {"floors": {"Milan": {"committed": %1$s, "current": %1$s,
                                              "reported": %1$s, "launch": %1$s}},
                         "keys": ["vcek"], "allowed": ["smt"], "required": [], "abi": "0.0",
                         "vmplMax": 0, "revocation": "if-present"},
                 "tpm": {"keys": %2$s, "activated": {},
                         "pcrs": {"bank": "sha256", "selection": %3$s, "values": {}},
                         "clock": {"safe": "any", "resetCount": "any", "restartCount": "any"},
                         "firmwareVersions": "any", "replayed": [], "revocation": "if-present"}}
                """
                        .formatted(floors, keys, selection));
    }

    static AppraisalPolicy read(String json) {
        return switch (EvidenceKinds.policy(json.getBytes(StandardCharsets.UTF_8))) {
            case Parsed.Good<AppraisalPolicy> good -> good.value();
            case Parsed.Bad<AppraisalPolicy> bad ->
                    throw new AssertionError(bad.faults().toString());
        };
    }
}
