package io.attestgate.verify.tpm;

import static io.attestgate.verify.tpm.PlayedTpm.NOW;
import static io.attestgate.verify.tpm.PlayedTpm.accepting;
import static io.attestgate.verify.tpm.PlayedTpm.check;
import static io.attestgate.verify.tpm.PlayedTpm.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.snp.SnpKind;
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
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** TPMs for whose keys a processor vouches, under roots of our own. */
final class AzureJudgementTest {
    private static final SnpPki AMD = SnpPki.at("Milan", NOW);
    private static final DcapPki INTEL = DcapPki.at(NOW);
    private static final byte[] NONE = TpmQuote.NONE;

    private final TpmQuote quote = TpmQuote.of(TpmKey.attesting());
    private byte[] runtime = AzureForm.runtime(quote.key.keys.getPublic());

    private static TpmPolicy.KeyRule hardware() {
        return new TpmPolicy.KeyRule(Set.of(), true, Set.of(), Set.of(), Map.of());
    }

    private static AppraisalPolicy policy(TpmPolicy.KeyRule keys) {
        SnpTcb zero = new SnpTcb(0, 0, 0, 0, 0);
        return new AppraisalPolicy(
                        Set.of(AMD.rootHash(), INTEL.rootHash()),
                        Map.of(
                                TcbState.UNJUDGED, PlayedTpm.END,
                                TcbState.UP_TO_DATE, PlayedTpm.END),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED)
                .with(
                        new SnpPolicy(
                                Map.of(
                                        SnpProduct.MILAN,
                                        new SnpPolicy.Floors(zero, zero, zero, zero)),
                                Set.of(SnpPolicy.VCEK),
                                Set.of(),
                                Set.of(),
                                new SnpPolicy.Abi(0, 0),
                                3,
                                Revocation.IF_PRESENT))
                .with(accepting(keys));
    }

    private SnpReport report() {
        return SnpReport.of(AMD, 3).put(SnpReport.REPORT_DATA, AzureForm.reportData(runtime));
    }

    /** The report and its key's certificates, as parts. */
    private void vouched(SnpReport report) {
        SnpPki.Vek vek = report.vcek();
        quote.azure =
                AzureForm.evidence(
                        NONE,
                        report.make(vek.keys()),
                        runtime,
                        Certificates.der(vek.certificate()),
                        SnpPki.pem(AMD.ask(), AMD.ark()));
        quote.describedKey = NONE;
    }

    private Appraisal judge() {
        return judge(Bundle.empty());
    }

    private Appraisal judge(Bundle collateral) {
        return PlayedTpm.judge(quote.evidence(), collateral, policy(hardware()));
    }

    @Test
    void aProcessorOfAmdVouchesForTheKeyThatItsReportNames() {
        vouched(report());
        Appraisal.Trusted trusted = trusted(judge());
        byte[] chip = report().hardwareId();

        assertThat(trusted.report().platform()).isEqualTo("azure-snp");
        assertThat(trusted.report().registers()).hasSize(88 + 37);
        assertThat(Arrays.copyOf(trusted.report().registers(), 88))
                .isEqualTo(
                        io.attestgate.verify.snp.Report.parse(report().make(SnpPki.p384()))
                                .toOptional()
                                .orElseThrow()
                                .registers());
        assertThat(trusted.report().instance())
                .isEqualTo(Instance.of("azure-snp", Arrays.copyOf(chip, 64)));
        assertThat(trusted.roots()).containsExactly(AMD.rootHash());
        assertThat(trusted.identity())
                .containsEntry("vmUniqueId", "26F8BC30-774E-4290-8E7A-535F3B672AEE")
                .containsEntry("product", "Milan");
        assertThat(trusted.expiry()).isEqualTo(AMD.validity().until());
    }

    @Test
    void aWholeHclReportHasItsHardwareInIt() {
        SnpReport report = report();
        SnpPki.Vek vek = report.vcek();
        quote.azure =
                AzureForm.evidence(
                        AzureForm.hcl(AzureForm.SNP, report.make(vek.keys()), runtime),
                        NONE,
                        NONE,
                        Certificates.der(vek.certificate()),
                        SnpPki.pem(AMD.ask(), AMD.ark()));

        assertThat(trusted(judge()).report().platform()).isEqualTo("azure-snp");
    }

    @Test
    void aTrustDomainVouchesByAQuoteBesideItsHclReport() {
        byte[] quoted =
                DcapQuote.of(INTEL, 4, DcapQuote.TD_1_0)
                        .reportData(AzureForm.reportData(runtime))
                        .make();
        Bundle collateral = DcapCollateral.upToDate(INTEL, NOW).make();
        byte[] hcl = AzureForm.hcl(AzureForm.TDX, new byte[1024], runtime);
        quote.azure = AzureForm.evidence(hcl, quoted, NONE);
        Appraisal.Trusted whole = trusted(judge(collateral));
        quote.azure = AzureForm.evidence(NONE, quoted, runtime);
        Appraisal.Trusted parts = trusted(judge(collateral));

        assertThat(whole.report().platform()).isEqualTo("azure-tdx");
        assertThat(whole.tcb()).isEqualTo(TcbState.UP_TO_DATE);
        assertThat(whole.report().instance())
                .isEqualTo(Instance.of("azure-tdx", HexFormat.of().parseHex(DcapPki.PPID)))
                .isEqualTo(parts.report().instance());
        quote.azure = AzureForm.evidence(hcl, NONE, NONE);
        assertThat(check(judge(collateral)))
                .as("a TDREPORT is for its own machine alone")
                .isEqualTo(Check.REPORT);
    }

    @Test
    void aReportForOtherRuntimeDataVouchesForAnotherKey() {
        SnpReport report = report();
        runtime = AzureForm.runtime(TpmKey.endorsing().keys.getPublic());
        vouched(report);

        assertThat(check(judge())).isEqualTo(Check.SIGNER);
    }

    @Test
    void theKeyOfTheRuntimeDataIsTheOneThatSigned() {
        runtime = AzureForm.runtime(TpmKey.endorsing().keys.getPublic());
        vouched(report());

        assertThat(check(judge())).isEqualTo(Check.SIGNATURE);
        quote.describedKey = quote.key.area();
        assertThat(check(judge())).isEqualTo(Check.SIGNER);
    }

    /** The policy lets VMPL 3 speak for a guest; for a TPM it does not. */
    @Test
    void aGuestBelowTheParavisorCannotNameAKeyOfItsOwn() {
        SnpReport report = report();
        report.bytes[SnpReport.VMPL] = 2;
        vouched(report);

        assertThat(check(judge())).isEqualTo(Check.PRIVILEGE);
    }

    /** A processor's kind that forgets to say the level must not pass for the highest. */
    @Test
    void aReportWhoseLevelNobodySaysSpeaksForNoTpm() {
        vouched(report());
        TpmKind silent = new TpmKind(List.of(new SilentKind(new SnpKind())));

        assertThat(
                        check(
                                silent.verify(
                                        quote.evidence(),
                                        Bundle.empty(),
                                        policy(hardware()),
                                        Optional.empty(),
                                        NOW)))
                .isEqualTo(Check.PRIVILEGE);
    }

    @Test
    void anEnclaveVouchesForNoTpm() {
        byte[] quoted = DcapQuote.of(INTEL, 3, 1).reportData(AzureForm.reportData(runtime)).make();
        quote.azure = AzureForm.evidence(NONE, quoted, runtime);

        assertThat(check(judge(DcapCollateral.upToDate(INTEL, NOW).make())))
                .isEqualTo(Check.REPORT);
    }

    @Test
    void theSecondHalfOfTheReportDataIsZero() {
        SnpReport report = report();
        report.bytes[SnpReport.REPORT_DATA + 40] = 1;
        vouched(report);

        assertThat(check(judge())).isEqualTo(Check.SIGNER);
    }

    @Test
    void theProcessorsOwnRefusalIsTheVerdict() {
        SnpReport debug = report();
        debug.bytes[SnpReport.POLICY + 2] |= 8;
        vouched(debug);
        assertThat(check(judge())).isEqualTo(Check.DEBUG);

        vouched(report());
        AppraisalPolicy silent =
                new AppraisalPolicy(
                                Set.of(AMD.rootHash()),
                                Map.of(TcbState.UNJUDGED, PlayedTpm.END),
                                Map.of(),
                                AppraisalPolicy.Debug.REFUSED)
                        .with(accepting(hardware()));
        assertThat(check(PlayedTpm.judge(quote.evidence(), Bundle.empty(), silent)))
                .isEqualTo(Check.TCB_LEVEL);
    }

    @Test
    void hardwareVouchesOnlyWhereThePolicySaysSo() {
        vouched(report());
        quote.describedKey = quote.key.area();

        assertThat(
                        check(
                                PlayedTpm.judge(
                                        quote.evidence(),
                                        Bundle.empty(),
                                        policy(PlayedTpm.named(quote)))))
                .isEqualTo(Check.SIGNER);
    }

    @Test
    void whatIsNoReportOfAProcessorIsRefused() {
        quote.azure = AzureForm.evidence(NONE, new byte[1184], runtime);

        assertThat(check(judge())).isEqualTo(Check.REPORT);
    }

    @Test
    void aKnownKeyDoesNotExcuseAReportThatDoesNotHold() {
        SnpReport report = report();
        SnpPki.Vek vek = report.vcek();
        byte[] flipped = report.make(vek.keys());
        flipped[SnpReport.MEASUREMENT] ^= 1;
        quote.azure =
                AzureForm.evidence(
                        NONE,
                        flipped,
                        runtime,
                        Certificates.der(vek.certificate()),
                        SnpPki.pem(AMD.ask(), AMD.ark()));
        TpmPolicy.KeyRule both =
                new TpmPolicy.KeyRule(
                        Set.of(), true, Set.of(Octets.of(quote.key.name())), Set.of(), Map.of());

        assertThat(check(PlayedTpm.judge(quote.evidence(), Bundle.empty(), policy(both))))
                .isEqualTo(Check.SIGNATURE);
    }

    @Test
    void runtimeDataHasOneKeyInOneSpelling() {
        Json key = AzureForm.key("HCLAkPub", quote.key.keys.getPublic());
        Json other = AzureForm.key("HCLEkPub", quote.key.keys.getPublic());
        assertThat(read(Json.object("keys", new Json.Arr(List.of(key, key))))).isFalse();
        assertThat(read(Json.object("keys", new Json.Arr(List.of(other))))).isFalse();
        assertThat(read(Json.object("keys", new Json.Arr(List.of())))).isFalse();
        assertThat(read(Json.object("others", new Json.Arr(List.of(key))))).isFalse();
        assertThat(
                        read(
                                Json.object(
                                        "keys",
                                        new Json.Arr(
                                                List.of(
                                                        Json.object(
                                                                "kid", "HCLAkPub",
                                                                "kty", "EC"))))))
                .isFalse();
        assertThat(read(Json.object("keys", new Json.Arr(List.of(key, other))))).isTrue();
    }

    /** Whether it can be read; what can is refused for its signature by nobody. */
    private boolean read(Json json) {
        runtime = CanonicalJson.write(json);
        vouched(report());
        Appraisal appraisal = judge();
        if (appraisal instanceof Appraisal.Trusted) {
            return true;
        }
        assertThat(check(appraisal)).isEqualTo(Check.REPORT);
        return false;
    }

    @Test
    void aCertificateOfTheEvidenceIsNoFileOfTheReaders() {
        vouched(report());
        Bundle full =
                new Bundle(
                        new java.util.TreeMap<>(
                                java.util.stream.IntStream.range(0, Bundle.FILES_MAX)
                                        .boxed()
                                        .collect(
                                                java.util.stream.Collectors.toMap(
                                                        i -> "file" + i, i -> new byte[1]))));

        assertThat(check(judge(full))).isEqualTo(Check.COLLATERAL);
        assertThat(Hash32.of(new byte[32])).isEqualTo(Hash32.ZERO);
    }
}
