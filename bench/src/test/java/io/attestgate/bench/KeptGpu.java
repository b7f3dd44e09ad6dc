package io.attestgate.bench;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.nvidia.Collateral;
import io.attestgate.verify.nvidia.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A report of a GPU with its manifests. Without the real one there is nothing to measure by. */
final class KeptGpu {
    private static final String NAME = "evidence/nvidia/gh100-550.90.07-with-rims";
    private static final String RIMS = "collateral/go-nvattest-tools/testing/testdata/rim/";

    private KeptGpu() {}

    static Kept make() {
        if (!Kept.isReal(NAME + ".spdm.bin")) {
            throw new IllegalStateException("nvidia: no real report (expected: the vectors)");
        }
        byte[] report = RealVectors.read(NAME + ".spdm.bin");
        Collateral collateral =
                Collateral.parse(
                                new Bundle(
                                        RealVectors.files(
                                                List.of(
                                                        NAME + ".chain.pem",
                                                        RIMS + "NV_GPU_DRIVER_GH100_550.90.07.xml",
                                                        RIMS
                                                                + "NV_GPU_VBIOS_1010_0200_882_96009F0001.xml"))))
                        .toOptional()
                        .orElseThrow();
        AppraisalPolicy policy = policy();
        Instant now = Instant.parse("2025-09-15T00:00:00Z");
        return () -> Verifier.verify(report, collateral, policy, Optional.empty(), now);
    }

    private static AppraisalPolicy policy() {
        String json =
                """
                {"roots": ["nvidia-device", "nvidia-rim"],
                 "tcbStates": {"unjudged": "2099-01-01T00:00:00Z"},
                 "advisories": {}, "debug": "refused",
                 "nvidia": {"deviceRoots": ["nvidia-device"], "rimRoots": ["nvidia-rim"],
                            "chips": ["GH100"], "modes": ["unreported"], "count": 1,
                            "fwid": "required", "ocsp": "if-present",
                            "drivers": {"550": "550.90.07"},
                            "vbios": {"1010_0200_882": "96.00.5E.00.01"}}}
                """;
        return EvidenceKinds.policy(json.getBytes(StandardCharsets.UTF_8))
                .toOptional()
                .orElseThrow();
    }
}
