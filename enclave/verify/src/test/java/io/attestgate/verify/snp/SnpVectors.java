package io.attestgate.verify.snp;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Real reports, and what they are held against: no list of AMD's is among the vectors. */
final class SnpVectors {
    static final String EVIDENCE = "evidence/snp/";
    static final String CHAINS = "collateral/go-sev-guest/verify/trust/";
    static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");

    private static final Instant END = Instant.parse("2099-01-01T00:00:00Z");

    private SnpVectors() {}

    static Bundle bundle(List<String> files) {
        return new Bundle(RealVectors.files(files));
    }

    /** The published roots, chips' keys and Amazon's of that region, SMT; VMPL 0 and 1. */
    static AppraisalPolicy policy(AppraisalPolicy.Debug debug) {
        return policy(debug, new SnpTcb(0, 2, 0, 5, 68), new SnpTcb(0, 10, 0, 23, 84));
    }

    static AppraisalPolicy policy(AppraisalPolicy.Debug debug, SnpTcb milan, SnpTcb genoa) {
        return new AppraisalPolicy(
                        Set.copyOf(Verifier.NAMED_ROOTS.values()),
                        Map.of(TcbState.UNJUDGED, END),
                        Map.of(),
                        debug)
                .with(
                        new SnpPolicy(
                                Map.of(
                                        SnpProduct.MILAN,
                                        new SnpPolicy.Floors(milan, milan, milan, milan),
                                        SnpProduct.GENOA,
                                        new SnpPolicy.Floors(genoa, genoa, genoa, genoa)),
                                Set.of("vcek", "vlek:CN=cc-us-east-2.amazonaws.com"),
                                Set.of(SnpPolicy.Permission.SMT),
                                Set.of(),
                                new SnpPolicy.Abi(0, 0),
                                1,
                                Revocation.IF_PRESENT));
    }
}
