package io.attestgate.verify.snp;

import static io.attestgate.verify.snp.PlayedAmd.MILAN;
import static io.attestgate.verify.snp.PlayedAmd.NOW;
import static io.attestgate.verify.snp.PlayedAmd.TURIN;
import static io.attestgate.verify.snp.PlayedAmd.check;
import static io.attestgate.verify.snp.PlayedAmd.files;
import static io.attestgate.verify.snp.PlayedAmd.judge;
import static io.attestgate.verify.snp.PlayedAmd.lenient;
import static io.attestgate.verify.snp.PlayedAmd.milan;
import static io.attestgate.verify.snp.PlayedAmd.pki;
import static io.attestgate.verify.snp.PlayedAmd.policy;
import static io.attestgate.verify.snp.PlayedAmd.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import io.attestgate.wire.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report itself and its key, in both directions, under roots of our own. */
final class ReportJudgementTest {

    @ParameterizedTest
    @CsvSource({"2,Milan", "2,Genoa", "3,Milan", "3,Genoa", "3,Turin", "5,Milan", "5,Turin"})
    void aGoodReportOfEachVersionAndProductIsTrusted(int version, String product) {
        Appraisal.Trusted trusted = trusted(judge(SnpReport.of(pki(product), version)));

        assertThat(trusted.tcb()).isEqualTo(TcbState.UNJUDGED);
        assertThat(trusted.identity()).containsEntry("product", product);
        assertThat(trusted.report().platform()).isEqualTo("snp");
        assertThat(trusted.expiry()).isEqualTo(pki(product).validity().until());
    }

    /** Elsewhere these bytes are reserved, and a name would say more than they do. */
    @ParameterizedTest
    @CsvSource({"2,false,false", "3,true,false", "5,true,true"})
    void claimsHaveTheFieldsOfTheReportsVersion(int version, boolean cpuid, boolean mitigations) {
        Appraisal.Trusted trusted = trusted(judge(SnpReport.of(MILAN, version)));

        for (String name : List.of("cpuidFamily", "cpuidModel", "cpuidStepping")) {
            assertThat(trusted.claims().containsKey(name)).as(name).isEqualTo(cpuid);
        }
        for (String name : List.of("currentMitigations", "launchMitigations")) {
            assertThat(trusted.claims().containsKey(name)).as(name).isEqualTo(mitigations);
        }
        assertThat(trusted.claims()).containsEntry("policy", "0x0000020000000000");
    }

    /** A floor of Milan's or Genoa's has no FMC either. */
    @ParameterizedTest
    @CsvSource({"Milan,false", "Genoa,false", "Turin,true"})
    void aTcbIsShownWithTheComponentsOfItsProduct(String product, boolean fmc) {
        SnpReport report = SnpReport.of(pki(product), 3);
        Json.Obj shown =
                new SnpKind().inspect(report.make(report.vcek().keys())).toOptional().orElseThrow();

        Json.Obj tcbs = (Json.Obj) shown.get("tcb").orElseThrow();
        Json.Text launch = (Json.Text) tcbs.get("launchTcb").orElseThrow();
        assertThat(launch.value().contains("fmc")).isEqualTo(fmc);
        assertThat(launch.value()).contains("bootloader 2, tee 3, snp 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Milan", "Genoa", "Turin"})
    void aProvidersKeySignsForEachProduct(String product) {
        SnpReport report = SnpReport.of(pki(product), 3).loaded();

        Appraisal.Trusted trusted = trusted(judge(report, report.vlek(), policy(lenient())));

        assertThat(trusted.report().instance()).isEmpty();
        assertThat(trusted.identity())
                .containsEntry("providerId", SnpReport.PROVIDER)
                .doesNotContainKey("chipId");
        assertThat(trusted.report().restsOn()).contains(SnpReport.PROVIDER);
    }

    @Test
    void theRegistersAreMeasurementHostDataAndPolicy() {
        SnpReport report = milan();
        report.put(SnpReport.MEASUREMENT, (byte) 9).put(SnpReport.HOST_DATA, (byte) 8);

        Appraisal.Trusted trusted = trusted(judge(report));

        assertThat(trusted.report().registers()).hasSize(48 + 32 + 8).startsWith(9, 0);
        assertThat(trusted.report().registers()[48]).isEqualTo((byte) 8);
        assertThat(trusted.report().registers()[82]).isEqualTo((byte) 2);
        assertThat(trusted.report().instance()).isPresent();
        assertThat(trusted.identity()).containsEntry("chipId", "0x" + "07".repeat(64));
    }

    @Test
    void aMaskedChipHasNoInstanceAndItsKeyStillCounts() {
        Appraisal.Trusted trusted = trusted(judge(milan().put(SnpReport.CHIP_ID, new byte[64])));

        assertThat(trusted.report().instance()).isEmpty();
        assertThat(trusted.identity())
                .doesNotContainKey("chipId")
                .containsEntry("hardwareId", "0x" + "07".repeat(64));
    }

    @Test
    void aReportBringsItsCertificatesInTheHostsTable() {
        SnpReport report = milan();
        SnpPki.Vek vek = report.vcek();
        report.after = SnpReport.table(MILAN, vek);
        byte[] bytes = report.make(vek.keys());
        var crlAlone = files(MILAN, vek);
        crlAlone.remove("vek.der");
        crlAlone.remove("chain.pem");

        assertThat(judge(bytes, crlAlone, policy(lenient()), NOW))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judge(report.bytes, crlAlone, policy(lenient()), NOW)))
                .isEqualTo(Check.COLLATERAL);
    }

    @Test
    void theHostsTableIsAlsoAFileOfCollateral() {
        SnpReport report = milan();
        SnpPki.Vek vek = report.vcek();
        var files = files(MILAN, vek);
        files.remove("vek.der");
        files.remove("chain.pem");
        files.put("auxblob", SnpReport.table(MILAN, vek));

        assertThat(judge(report.make(vek.keys()), files, policy(lenient()), NOW))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void anotherReportDataIsRefused() {
        SnpReport report = milan().put(SnpReport.REPORT_DATA, (byte) 42);
        SnpPki.Vek vek = report.vcek();
        byte[] bytes = report.make(vek.keys());
        Collateral collateral = PlayedAmd.read(files(MILAN, vek));
        byte[] data = new byte[64];

        assertThat(
                        check(
                                Verifier.verify(
                                        bytes,
                                        collateral,
                                        policy(lenient()),
                                        Optional.of(Octets.of(data)),
                                        NOW)))
                .isEqualTo(Check.REPORT_DATA);
        data[0] = 42;
        assertThat(
                        Verifier.verify(
                                bytes,
                                collateral,
                                policy(lenient()),
                                Optional.of(Octets.of(data)),
                                NOW))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 6, 255})
    void anotherVersionIsRefused(int version) {
        assertThat(check(judge(milan().put32(0, version)))).isEqualTo(Check.REPORT);
    }

    @ParameterizedTest
    @CsvSource({"52,2", "72,32", "8,0", "8,67239936", "12,1", "392,73753", "392,65815", "392,8218"})
    void aFieldOfAnotherMeaningIsRefused(int at, int value) {
        assertThat(check(judge(milan().put32(at, value)))).isEqualTo(Check.REPORT);
    }

    @Test
    void anAuthorKeyIsThereOnlyIfTheFlagsSaySo() {
        SnpReport report = milan().put(SnpReport.AUTHOR_KEY_DIGEST, (byte) 1);

        assertThat(check(judge(report))).isEqualTo(Check.REPORT);
        assertThat(judge(report.put32(SnpReport.FLAGS, 1))).isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7 << 2, 2 << 2, 6})
    void aReportThatNoKeySignedIsRefused(int flags) {
        assertThat(check(judge(milan().put32(SnpReport.FLAGS, flags)))).isEqualTo(Check.SIGNER);
    }

    @Test
    void bytesAfterTheReportAreZeroOrATable() {
        SnpReport report = milan();
        report.after = new byte[100];
        assertThat(judge(report)).isInstanceOf(Appraisal.Trusted.class);

        report.after[99] = 1;
        assertThat(check(judge(report))).isEqualTo(Check.REPORT);
    }

    @Test
    void aReportThatIsCutShortIsRefused() {
        SnpReport report = milan();
        byte[] bytes = report.make(report.vcek().keys());

        for (int size : new int[] {0, 1, 671, 672, 1183}) {
            assertThat(SnpEvidence.parse(Arrays.copyOf(bytes, size)).toOptional()).isEmpty();
        }
        assertThat(new SnpKind().isLike(bytes)).isTrue();
        assertThat(new SnpKind().isLike(DcapQuote.of(DcapPki.at(NOW), 4, DcapQuote.TD_1_0).make()))
                .isFalse();
    }

    @Test
    void anotherKeysSignatureIsRefused() {
        SnpReport report = milan();

        assertThat(
                        check(
                                judge(
                                        report.make(SnpPki.p384()),
                                        files(MILAN, report.vcek()),
                                        policy(lenient()),
                                        NOW)))
                .isEqualTo(Check.SIGNATURE);
    }

    @Test
    void ofSeveralCertificatesForOneChipTheOneThatSignedCounts() {
        SnpReport report = milan();
        SnpPki.Vek vek = report.vcek();
        var files = files(MILAN, vek);
        files.put("another.der", SnpPki.pem(report.vcek().certificate()));

        assertThat(judge(report.make(vek.keys()), files, policy(lenient()), NOW))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void aKeyForAnotherTcbIsRefused(int component) {
        for (SnpPki pki : new SnpPki[] {MILAN, TURIN}) {
            SnpReport report = SnpReport.of(pki, 3);
            byte[] other = report.tcb.clone();
            other[component]++;

            assertThat(
                            check(
                                    judge(
                                            report,
                                            pki.vcek(other, report.hardwareId()),
                                            policy(lenient()))))
                    .isEqualTo(Check.COLLATERAL_MATCH);
        }
    }

    @Test
    void aKeyOfAnotherChipIsRefused() {
        for (SnpPki pki : new SnpPki[] {MILAN, TURIN}) {
            SnpReport report = SnpReport.of(pki, 3);
            byte[] other = report.hardwareId();
            other[0]++;

            assertThat(check(judge(report, pki.vcek(report.tcb, other), policy(lenient()))))
                    .isEqualTo(Check.COLLATERAL_MATCH);
        }
        SnpReport longer = SnpReport.of(TURIN, 3).put(SnpReport.CHIP_ID + 8, (byte) 1);
        assertThat(check(judge(longer))).isEqualTo(Check.COLLATERAL_MATCH);
    }

    @Test
    void aKeyOfAnotherKindOrProductIsRefused() {
        SnpReport loaded = milan().loaded();
        assertThat(check(judge(loaded, loaded.vcek(), policy(lenient()))))
                .isEqualTo(Check.COLLATERAL_MATCH);
        assertThat(check(judge(milan(), milan().vlek(), policy(lenient()))))
                .isEqualTo(Check.COLLATERAL_MATCH);
        assertThat(check(judge(milan().put(SnpReport.CPUID, (byte) 0x19, (byte) 0x11))))
                .isEqualTo(Check.COLLATERAL_MATCH);
        assertThat(check(judge(SnpReport.of(TURIN, 2)))).isEqualTo(Check.COLLATERAL_MATCH);
    }
}
