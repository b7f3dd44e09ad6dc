package io.attestgate.verify;

import io.attestgate.verify.SeveralVendorsTest.Beside;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceRequirement;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.snp.SnpPolicy;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.snp.SnpTcb;
import io.attestgate.verify.testpki.AzureForm;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmPki;
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.verify.tpm.PcrSelection;
import io.attestgate.verify.tpm.TpmPolicy;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Intel, AMD and a vendor of TPMs, played: what they sign, and what a reader brings for it. */
final class SeveralVendors {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant END = NOW.plusSeconds(3600);
    private static final DcapPki INTEL = DcapPki.at(NOW);
    private static final SnpPki AMD = SnpPki.at("Milan", NOW);
    private static final TpmPki TPMS = TpmPki.at(NOW);
    private static final TpmKey KEY = TpmKey.attesting();
    private static final X509Certificate KEY_CERTIFICATE =
            TPMS.certificate(KEY.keys.getPublic(), TpmPki.Use.SIGN, TPMS.validity(), TpmPki.AK);
    private static final byte[] SHA256_PCRS_0_1_4_7 = {(byte) 0x93, 0, 0};

    private final SortedMap<String, byte[]> files =
            new TreeMap<>(DcapCollateral.upToDate(INTEL, NOW).make().files());

    SeveralVendors() {
        files.put("amd.crl", AMD.crl(AMD.validity(), List.of()));
        files.put("tpm.crl", TPMS.issuer().crl(TPMS.validity(), List.of()));
        files.put("tpm-root.crl", TPMS.root().crl(TPMS.validity(), List.of()));
    }

    CmwRecord domain(ReportData data) {
        return CmwRecord.of(
                "tdx", DcapQuote.of(INTEL, 4, DcapQuote.TD_1_0).reportData(data.bytes()).make());
    }

    Hash32 domainRoot() {
        return INTEL.rootHash();
    }

    /** Of the code that {@link #running} is not given another byte of. */
    CmwRecord evidence(Beside beside, ReportData data) {
        return running(beside, data, (byte) 0);
    }

    /** Of code that differs by that byte. */
    CmwRecord running(Beside beside, ReportData data, byte code) {
        byte[] evidence =
                switch (beside) {
                    case TPM -> quote(data, code);
                    case SNP -> report(data, code);
                };
        return CmwRecord.of(beside.kind, evidence);
    }

    private static byte[] quote(ReportData data, byte code) {
        TpmQuote quote = TpmQuote.of(KEY);
        quote.extraData = data.qualifyingData().bytes();
        Arrays.fill(quote.values.get(4), code);
        quote.certificates.add(Certificates.der(KEY_CERTIFICATE));
        quote.certificates.add(Certificates.der(TPMS.issuer().certificate()));
        quote.certificates.add(Certificates.der(TPMS.root().certificate()));
        return quote.evidence();
    }

    private static byte[] report(ReportData data, byte code) {
        SnpReport report = SnpReport.of(AMD, 5).put(SnpReport.REPORT_DATA, data.bytes());
        report.bytes[SnpReport.MEASUREMENT] = code;
        SnpPki.Vek vek = report.vcek();
        report.after = SnpReport.table(AMD, vek);
        return report.make(vek.keys());
    }

    /** A TPM that a trust domain's paravisor is. */
    CmwRecord nestedDomain(ReportData data) {
        TpmQuote quote = TpmQuote.of(KEY);
        quote.extraData = data.qualifyingData().bytes();
        byte[] runtime = AzureForm.runtime(KEY.keys.getPublic());
        byte[] domain =
                DcapQuote.of(INTEL, 4, DcapQuote.TD_1_0)
                        .reportData(AzureForm.reportData(runtime))
                        .make();
        quote.azure = AzureForm.evidence(TpmQuote.NONE, domain, runtime);
        return CmwRecord.of("azure-tdx", quote.evidence());
    }

    Hash32 root(Beside beside) {
        return switch (beside) {
            case TPM -> TPMS.rootHash();
            case SNP -> AMD.rootHash();
        };
    }

    void revoke(Beside beside) {
        switch (beside) {
            case TPM ->
                    files.put(
                            "tpm.crl",
                            TPMS.issuer().crl(TPMS.validity(), List.of(KEY_CERTIFICATE)));
            case SNP -> files.put("amd.crl", AMD.crl(AMD.validity(), List.of(AMD.ask())));
        }
    }

    /** Every root pinned, and nothing counted. */
    Hardware hardware() {
        return new Hardware(new Bundle(files), policy());
    }

    Hardware requiring(int atLeast, Beside beside) {
        return requiring(atLeast, beside.kind, root(beside));
    }

    /** Trust domains, and that kind under that root. */
    Hardware requiring(int atLeast, String kind, Hash32 root) {
        return requiring(
                new EvidenceRequirement(
                        List.of(
                                new EvidenceRequirement.Kind("tdx", Set.of(domainRoot())),
                                new EvidenceRequirement.Kind(kind, Set.of(root))),
                        atLeast));
    }

    Hardware requiringOnly(Beside beside) {
        return requiring(
                new EvidenceRequirement(
                        List.of(new EvidenceRequirement.Kind(beside.kind, Set.of(root(beside)))),
                        1));
    }

    private Hardware requiring(EvidenceRequirement requirement) {
        return new Hardware(new Bundle(files), policy().with(requirement));
    }

    private static AppraisalPolicy policy() {
        return new AppraisalPolicy(
                        Set.of(INTEL.rootHash(), AMD.rootHash(), TPMS.rootHash()),
                        Map.of(TcbState.UNJUDGED, END, TcbState.UP_TO_DATE, END),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED)
                .with(reports())
                .with(quotes());
    }

    private static SnpPolicy reports() {
        SnpTcb zero = new SnpTcb(0, 0, 0, 0, 0);
        return new SnpPolicy(
                Map.of(SnpProduct.MILAN, new SnpPolicy.Floors(zero, zero, zero, zero)),
                Set.of(SnpPolicy.VCEK),
                Set.of(),
                Set.of(),
                new SnpPolicy.Abi(0, 0),
                0,
                Revocation.REQUIRED);
    }

    private static TpmPolicy quotes() {
        return new TpmPolicy(
                new TpmPolicy.KeyRule(Set.of(TPMS.rootHash()), true, Set.of(), Set.of(), Map.of()),
                new TpmPolicy.PcrRule(
                        new PcrSelection(TpmKey.SHA256, Octets.of(SHA256_PCRS_0_1_4_7)), Map.of()),
                new TpmPolicy.ClockRule(true, OptionalLong.empty(), OptionalLong.empty()),
                Optional.empty(),
                new TreeSet<>(),
                Revocation.REQUIRED);
    }
}
