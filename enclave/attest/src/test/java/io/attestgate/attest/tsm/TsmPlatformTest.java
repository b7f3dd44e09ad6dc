package io.attestgate.attest.tsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.attest.JudgedPlatform;
import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.platform.FileRegister;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.platform.PlatformContract;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.platform.Rollback;
import io.attestgate.attest.platform.TrustedRegister;
import io.attestgate.attest.platform.TrustedRegisterContract;
import io.attestgate.attest.seal.Changes;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.Purpose;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.seal.SealedStore;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.Hardware;
import io.attestgate.verify.Verdict;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.snp.SnpPolicy;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.snp.SnpTcb;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of platforms is held by a guest of AMD's: a trust domain has no secret. */
final class TsmPlatformTest implements PlatformContract, TrustedRegisterContract {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final DcapPki INTEL = DcapPki.at(NOW);
    private static final SnpPki AMD = SnpPki.at("Milan", NOW);

    @TempDir private Path directory;

    private static TsmReports reports(PlayedDriver driver) {
        int[] names = new int[1];
        return new TsmReports(new FakeConfigfs(driver), () -> "a-" + names[0]++, pause -> {});
    }

    private Platform tdx(PlayedDriver driver) {
        return platform(TsmProvider.TDX, driver, SealingRoot.none());
    }

    private Platform platform(TsmProvider provider, PlayedDriver driver, SealingRoot root) {
        try {
            return new TsmPlatform(
                    provider,
                    reports(driver),
                    root,
                    new FileRegister(DirectoryDisk.open(directory)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Platform snp(SnpReport report, String chip, byte[] auxblob) {
        PlayedDriver driver = PlayedDriver.snp(report, auxblob);
        return platform(
                TsmProvider.SNP,
                driver,
                new SnpSealingRoot(reports(driver), new SevGuest(new FakeSevGuest(report, chip))));
    }

    @Override
    public Platform platformAfterStart() {
        return snp(SnpReport.of(AMD, 5), "a", new byte[0]);
    }

    @Override
    public TrustedRegister registerAfterStart() {
        return tdx(PlayedDriver.tdx(INTEL)).register();
    }

    private static Hardware intel() {
        return new Hardware(
                DcapCollateral.upToDate(INTEL, NOW).make(),
                AppraisalPolicy.strict(Set.of(INTEL.rootHash()), NOW));
    }

    private static Hardware amd() {
        SnpTcb zero = new SnpTcb(0, 0, 0, 0, 0);
        return new Hardware(
                Bundle.of("crl", AMD.crl(AMD.validity(), List.of())),
                new AppraisalPolicy(
                                Set.of(AMD.rootHash()),
                                Map.of(TcbState.UNJUDGED, NOW.plusSeconds(60)),
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
                                        0,
                                        Revocation.REQUIRED)));
    }

    private static void refuses(Platform platform) {
        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(() -> platform.report(ReportData.of(new byte[1])));
    }

    @Test
    void aTrustDomainsEvidenceIsTrusted() throws PlatformException {
        Platform platform = tdx(PlayedDriver.tdx(INTEL));

        assertThat(JudgedPlatform.verdict(platform, intel(), NOW))
                .isInstanceOf(Verdict.Trusted.class);
        assertThat(platform.name()).isEqualTo("tdx");
        assertThat(platform.registers()).hasSize(6 * 48 + 16);
        assertThat(platform.instance())
                .isEqualTo(Instance.of("tdx", HexFormat.of().parseHex(DcapPki.PPID)));
        assertThat(platform.rollback()).isEqualTo(Rollback.UNPROTECTED);
    }

    @Test
    void aGuestsEvidenceIsTrustedWithTheHostsCertificatesInIt() throws PlatformException {
        SnpReport report = SnpReport.of(AMD, 5);
        // The table's key is the one that signs: a chip has one.
        SnpPki.Vek vek = report.vcek();
        PlayedDriver driver =
                new PlayedDriver(
                        "sev_guest",
                        Optional.of(0),
                        inblob -> report.put(SnpReport.REPORT_DATA, inblob).make(vek.keys()),
                        Optional.of(SnpReport.table(AMD, vek)));
        Platform platform = platform(TsmProvider.SNP, driver, SealingRoot.none());

        assertThat(JudgedPlatform.verdict(platform, amd(), NOW))
                .isInstanceOf(Verdict.Trusted.class);
        assertThat(platform.name()).isEqualTo("snp");
        assertThat(platform.registers()).hasSize(48 + 32 + 8);
        assertThat(platform.instance()).isEqualTo(Instance.of("snp", report.hardwareId()));
        assertThat(platform.rollback()).isEqualTo(Rollback.UNPROTECTED);
    }

    @Test
    void aTableThatNobodyCanReadIsLeftAway() throws PlatformException {
        byte[] junk = SnpReport.table(AMD, SnpReport.of(AMD, 5).vcek());
        junk[16] = (byte) 0xff; // An offset beyond the end.
        junk[19] = 0x7f;
        for (byte[] table : List.of(junk, new byte[] {1}, new byte[0], new byte[32 * 1024])) {
            Platform platform = snp(SnpReport.of(AMD, 5), "a", table);
            byte[] evidence =
                    Objects.requireNonNull(platform.report(ReportData.of(new byte[1])).get("cpu"))
                            .value();
            assertThat(evidence.length).isIn(1184, 1184 + 32 * 1024);
        }
    }

    @Test
    void aMaskedChipIsNoInstance() throws PlatformException {
        SnpReport masked = SnpReport.of(AMD, 5).put(SnpReport.CHIP_ID, new byte[64]);

        assertThat(snp(masked, "a", new byte[0]).instance()).isEmpty();
    }

    @Test
    void aReportOfAnotherPlatformIsRefused() {
        refuses(tdx(PlayedDriver.tdx(INTEL).named("sev_guest")));
        refuses(tdx(PlayedDriver.tdx(INTEL).named("arm_cca_guest")));
        refuses(
                platform(
                        TsmProvider.SNP,
                        PlayedDriver.tdx(INTEL).named("sev_guest"),
                        SealingRoot.none()));
        refuses(
                tdx(
                        PlayedDriver.of(
                                data ->
                                        DcapQuote.of(INTEL, 3, DcapQuote.SGX)
                                                .reportData(data)
                                                .make())));
    }

    @Test
    void aReportForSomebodyElseIsRefused() {
        byte[] theirs = new byte[64];
        theirs[63] = 1;
        refuses(
                tdx(
                        PlayedDriver.of(
                                data ->
                                        DcapQuote.of(INTEL, 4, DcapQuote.TD_1_0)
                                                .reportData(theirs)
                                                .make())));
    }

    @Test
    void whatIsNoReportIsRefused() {
        for (byte[] junk : List.of(new byte[0], new byte[1], new byte[1184], new byte[9000])) {
            refuses(tdx(PlayedDriver.of(data -> junk)));
            refuses(
                    platform(
                            TsmProvider.SNP,
                            PlayedDriver.of(data -> junk).named("sev_guest"),
                            SealingRoot.none()));
        }
    }

    @Test
    void aTrustDomainHasNoSecretOfItsOwn() {
        Platform platform = tdx(PlayedDriver.tdx(INTEL));

        assertThatExceptionOfType(PlatformException.class)
                .isThrownBy(
                        () -> {
                            try (SecretMemory secret = platform.sealingSecret()) {
                                throw new AssertionError(secret);
                            }
                        })
                .withMessageContaining("key provider");
    }

    @Test
    void aGuestOpensWhatItSealed() throws Exception {
        seal(SnpReport.of(AMD, 5));

        assertThat(opened(SnpReport.of(AMD, 5), "a", JudgedPlatform.CONFIG)).isEqualTo("kept");
    }

    @Test
    void nobodyElseOpensIt() throws Exception {
        seal(SnpReport.of(AMD, 5));
        Hash32 other = Hash32.of(Digests.sha256(new byte[1]));

        reason(SealException.Reason.OTHER_CONFIG, SnpReport.of(AMD, 5), "a", other);
        reason(
                SealException.Reason.OTHER_CODE,
                SnpReport.of(AMD, 5).put(SnpReport.MEASUREMENT, (byte) 1),
                "a",
                JudgedPlatform.CONFIG);
        reason(
                SealException.Reason.OTHER_CODE,
                SnpReport.of(AMD, 5).put(SnpReport.POLICY + 2, (byte) 0x3),
                "a",
                JudgedPlatform.CONFIG);
        reason(SealException.Reason.DAMAGED, SnpReport.of(AMD, 5), "b", JudgedPlatform.CONFIG);
    }

    /** Survived by hand-over only: the same code on the same chip, once its TCB is committed. */
    @Test
    void anUpdateOfTheChipEndsWhatWasSealedBefore() throws Exception {
        seal(SnpReport.of(AMD, 5));
        SnpReport updated = SnpReport.of(AMD, 5);
        updated.bytes[SnpReport.COMMITTED_TCB]++;

        reason(SealException.Reason.DAMAGED, updated, "a", JudgedPlatform.CONFIG);
    }

    private void seal(SnpReport report) throws Exception {
        try (SealedStore store =
                SealedStore.open(directory, snp(report, "a", new byte[0]), JudgedPlatform.CONFIG)) {
            store.compartment(Purpose.ANCHOR)
                    .commit(Changes.none().put("a", "kept".getBytes(StandardCharsets.UTF_8)));
        }
    }

    private String opened(SnpReport report, String chip, Hash32 config) throws Exception {
        try (SealedStore store =
                SealedStore.open(directory, snp(report, chip, new byte[0]), config)) {
            Compartment anchor = store.compartment(Purpose.ANCHOR);
            try (SecretMemory secret = anchor.open("a").orElseThrow()) {
                return secret.lend(heap -> new String(heap, StandardCharsets.UTF_8));
            }
        }
    }

    private void reason(
            SealException.Reason expected, SnpReport report, String chip, Hash32 config) {
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> assertThat(opened(report, chip, config)).isNull())
                .satisfies(e -> assertThat(e.reason()).isEqualTo(expected));
    }
}
