package io.attestgate.bench;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.snp.Collateral;
import io.attestgate.verify.snp.SnpPolicy;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.snp.SnpTcb;
import io.attestgate.verify.snp.Verifier;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A report of SEV-SNP, of Milan, signed by its chip's key. */
final class KeptReport {
    private static final String REPORT = "evidence/snp/milan-v2-virtee.report.bin";
    private static final String KEY = "evidence/snp/milan-v2-virtee.vek.der";
    private static final String CHAIN = "collateral/go-sev-guest/verify/trust/ask_ark_milan.pem";

    private KeptReport() {}

    static Kept make() {
        return Kept.isReal(REPORT) ? real() : played();
    }

    private static Kept real() {
        return kept(
                RealVectors.read(REPORT),
                RealVectors.files(List.of(KEY, CHAIN)),
                Verifier.ARK_MILAN,
                Instant.parse("2025-06-01T00:00:00Z"));
    }

    private static Kept played() {
        Instant now = Instant.parse("2026-06-01T12:00:00Z");
        SnpPki pki = SnpPki.at("Milan", now);
        SnpReport report = SnpReport.of(pki, 3);
        SnpPki.Vek vek = report.vcek();
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("vek.der", Certificates.der(vek.certificate()));
        files.put("chain.pem", SnpPki.pem(pki.ask(), pki.ark()));
        return kept(report.make(vek.keys()), files, pki.rootHash(), now);
    }

    private static Kept kept(
            byte[] report, SortedMap<String, byte[]> files, Hash32 root, Instant now) {
        Collateral collateral = Collateral.parse(new Bundle(files)).toOptional().orElseThrow();
        AppraisalPolicy policy =
                new AppraisalPolicy(
                                Set.of(root),
                                Kept.everyState(),
                                Map.of(),
                                AppraisalPolicy.Debug.REFUSED)
                        .with(accepted());
        return () -> Verifier.verify(report, collateral, policy, Optional.empty(), now);
    }

    private static SnpPolicy accepted() {
        SnpTcb zero = new SnpTcb(0, 0, 0, 0, 0);
        return new SnpPolicy(
                Map.of(SnpProduct.MILAN, new SnpPolicy.Floors(zero, zero, zero, zero)),
                Set.of(SnpPolicy.VCEK),
                Set.of(SnpPolicy.Permission.values()),
                Set.of(),
                new SnpPolicy.Abi(0, 0),
                SnpPolicy.VMPL_MAX,
                Revocation.IF_PRESENT);
    }
}
