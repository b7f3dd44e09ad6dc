package io.attestgate.verify.nvidia;

import static io.attestgate.verify.nvidia.NvidiaVectors.BETWEEN;
import static io.attestgate.verify.nvidia.NvidiaVectors.COMPLETE;
import static io.attestgate.verify.nvidia.NvidiaVectors.DEVICE_DAY;
import static io.attestgate.verify.nvidia.NvidiaVectors.DRIVER;
import static io.attestgate.verify.nvidia.NvidiaVectors.GO;
import static io.attestgate.verify.nvidia.NvidiaVectors.RIM_DAY;
import static io.attestgate.verify.nvidia.NvidiaVectors.SDK;
import static io.attestgate.verify.nvidia.NvidiaVectors.TRUSTEE;
import static io.attestgate.verify.nvidia.NvidiaVectors.VBIOS;
import static io.attestgate.verify.nvidia.NvidiaVectors.bundle;
import static io.attestgate.verify.nvidia.NvidiaVectors.chain;
import static io.attestgate.verify.nvidia.NvidiaVectors.check;
import static io.attestgate.verify.nvidia.NvidiaVectors.deviceAnswers;
import static io.attestgate.verify.nvidia.NvidiaVectors.policy;
import static io.attestgate.verify.nvidia.NvidiaVectors.report;
import static io.attestgate.verify.nvidia.NvidiaVectors.rimAnswers;
import static io.attestgate.verify.nvidia.NvidiaVectors.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Expiry;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.x509.Certificates;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports of real devices, each with the verdict that it must get. */
final class RealGpusTest {
    private static final List<String> RIMS = List.of(DRIVER, VBIOS);
    private static final List<String> CHAIN = List.of(chain(COMPLETE));

    private final NvidiaKind kind = new NvidiaKind();

    @BeforeEach
    void vectors() {
        RealVectors.require();
    }

    private Appraisal judge(byte[] evidence, Bundle bundle, Revocation ocsp, Instant now) {
        assertThat(EvidenceKinds.recognise(evidence).map(one -> one.name())).contains("nvidia");
        assertThat(kind.inspect(evidence).toOptional()).isPresent();
        return kind.verify(evidence, bundle, policy(ocsp), Optional.empty(), now);
    }

    private Appraisal complete(Bundle bundle, Revocation ocsp, Instant now) {
        return judge(report(COMPLETE), bundle, ocsp, now);
    }

    /** Every file at once; what does not speak of the instant proves nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"2025-08-21T12:00:00Z", "2025-09-15T00:00:00Z", "2025-10-24T12:00:00Z"})
    void theCompleteGpuIsTrustedWhileItsCertificatesHold(String at) {
        Instant now = Instant.parse(at);
        Appraisal.Trusted trusted =
                trusted(
                        complete(
                                bundle(CHAIN, RIMS, deviceAnswers(), rimAnswers()),
                                Revocation.IF_PRESENT,
                                now));

        RealVectors.accepted("nvidia", COMPLETE + " at " + at);
        assertThat(trusted.identity())
                .containsEntry("chip", "GH100")
                .containsEntry("device", "NVIDIA:GH100:48B02D92494BADF4")
                .containsEntry("deviceSerial", "0x41431d480fe5e87274");
        assertThat(trusted.claims())
                .containsEntry("driver", "550.90.07")
                .containsEntry("vbios", "96.00.9F.00.01")
                .containsEntry("board", "1010_0200_882")
                .containsEntry("nonce", "0x" + NvidiaVectors.COMPLETE_NONCE)
                .containsEntry("measurementsJudged", "32");
        assertThat(trusted.expiry()).isAfter(now);
    }

    /** No instant is inside the answers about devices and inside those about manifests. */
    @ParameterizedTest
    @CsvSource({
        "2025-08-21T12:00:00Z,NOT_YET_VALID",
        "2025-09-15T00:00:00Z,EXPIRED",
        "2025-10-24T12:00:00Z,EXPIRED"
    })
    void whoRequiresAnswersRefusesWhatNoneOfThemSpeaksOf(String at, Check check) {
        Bundle all = bundle(CHAIN, RIMS, deviceAnswers(), rimAnswers());

        assertThat(check(complete(all, Revocation.REQUIRED, Instant.parse(at)))).isEqualTo(check);
        RealVectors.refused("nvidia", COMPLETE + ", answers required, at " + at, check);
    }

    @Test
    void itsDeviceStandsWithAnswersOnTheirDay() throws RefusedException {
        Question question = question(bundle(CHAIN, deviceAnswers()), DEVICE_DAY);
        Device device = Chains.device(question.collateral().chains().getFirst(), question);

        assertThat(device.leaf().chip()).isEqualTo("GH100");
        assertThat(question.expiry().first()).isEqualTo(Instant.parse("2025-08-22T06:47:07Z"));
    }

    @Test
    void itsManifestsStandWithAnswersOnTheirDay() throws RefusedException {
        Question question = question(bundle(RIMS, rimAnswers()), RIM_DAY);
        for (Rim rim : question.collateral().rims()) {
            assertThat(Manifests.stands(rim, question)).isFalse();
        }

        assertThat(question.collateral().rims()).hasSize(2);
        assertThat(question.expiry().first()).isEqualTo(Instant.parse("2025-10-25T11:32:21Z"));
    }

    private static Question question(Bundle bundle, Instant now) {
        NvidiaPolicy accepted = NvidiaVectors.accepted(Revocation.REQUIRED);
        Collateral collateral = Collateral.parse(bundle).toOptional().orElseThrow();
        return new Question(collateral, policy(accepted), accepted, now, new Expiry());
    }

    @Test
    void afterItsManifestsEndItIsRefused() {
        assertThat(
                        check(
                                complete(
                                        bundle(CHAIN, RIMS),
                                        Revocation.IF_PRESENT,
                                        Instant.parse("2026-02-22T23:17:59Z"))))
                .isEqualTo(Check.EXPIRED);
        assertThat(
                        check(
                                complete(
                                        bundle(CHAIN, RIMS),
                                        Revocation.IF_PRESENT,
                                        Instant.parse("2024-01-01T00:00:00Z"))))
                .isEqualTo(Check.NOT_YET_VALID);
    }

    @Test
    void withoutAnswersWhoRequiresThemRefuses() {
        assertThat(check(complete(bundle(CHAIN, RIMS), Revocation.REQUIRED, BETWEEN)))
                .isEqualTo(Check.COLLATERAL);
    }

    @Test
    void itAnswersItsNonceAndNoOther() {
        byte[] nonce = HexFormat.of().parseHex(NvidiaVectors.COMPLETE_NONCE);
        Bundle bundle = bundle(CHAIN, RIMS);
        Appraisal answered =
                kind.verify(
                        report(COMPLETE),
                        bundle,
                        policy(Revocation.IF_PRESENT),
                        Optional.of(Octets.of(nonce)),
                        BETWEEN);
        nonce[0] ^= 1;
        Appraisal other =
                kind.verify(
                        report(COMPLETE),
                        bundle,
                        policy(Revocation.IF_PRESENT),
                        Optional.of(Octets.of(nonce)),
                        BETWEEN);

        assertThat(answered).isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(other)).isEqualTo(Check.REPORT_DATA);
    }

    @Test
    void itsContainerAndTheJsonOfNvidiasToolsAreJudgedAlike() {
        byte[] pem = RealVectors.read(chain(COMPLETE));
        List<X509Certificate> chain = Certificates.parseAll(pem).toOptional().orElseThrow();
        byte[] container = NvidiaEvidence.container(report(COMPLETE), chain);
        String collected =
                """
                {"evidences":[{"version":"1.0","arch":"HOPPER","evidence":"%s","certificate":"%s"}],
                 "result_code":0}
                """
                        .formatted(
                                Base64.getEncoder().encodeToString(report(COMPLETE)),
                                Base64.getEncoder().encodeToString(pem));

        for (byte[] form : List.of(container, collected.getBytes(StandardCharsets.US_ASCII))) {
            assertThat(
                            trusted(judge(form, bundle(RIMS), Revocation.IF_PRESENT, BETWEEN))
                                    .identity())
                    .containsEntry("chip", "GH100");
        }
        byte[] spaced = DcapQuote.concat(container, new byte[] {' '});
        assertThat(NvidiaEvidence.parse(spaced).faults()).hasSize(1);
    }

    /** Their manifests are not among the vectors: chain, signature and firmware hold. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "gh100-590.12-coco-json",
                "gh100-certhold",
                "gb100-575.32",
                "gh100-535.86.09-nofwid"
            })
    void aGenuineDeviceWithoutItsManifestsIsRefusedForThat(String name) {
        List<String> chain = List.of(chain(name));

        assertThat(check(judge(report(name), bundle(chain), Revocation.IF_PRESENT, BETWEEN)))
                .isEqualTo(Check.COLLATERAL);
        assertThat(check(judge(report(name), bundle(chain, RIMS), Revocation.IF_PRESENT, BETWEEN)))
                .isEqualTo(Check.COLLATERAL_MATCH);
        RealVectors.refused("nvidia", name + ", genuine, no manifests", Check.COLLATERAL);
    }

    @Test
    void anOldReportWithoutItsFirmwareNeedsAPolicyThatSaysSo() {
        NvidiaPolicy accepted = NvidiaVectors.accepted(Revocation.IF_PRESENT);
        NvidiaPolicy strict =
                new NvidiaPolicy(
                        accepted.deviceRoots(),
                        accepted.rimRoots(),
                        accepted.chips(),
                        accepted.modes(),
                        1,
                        NvidiaPolicy.Fwid.REQUIRED,
                        Revocation.IF_PRESENT,
                        accepted.drivers(),
                        accepted.vbios());
        String name = "gh100-535.86.09-nofwid";

        assertThat(
                        check(
                                kind.verify(
                                        report(name),
                                        bundle(List.of(chain(name))),
                                        policy(strict),
                                        Optional.empty(),
                                        BETWEEN)))
                .isEqualTo(Check.SIGNER);
    }

    /** One manifest was changed after it was signed; the other lists another measurement 9. */
    @Test
    void manifestsThatDoNotMatchAReportAreRefused() {
        String name = "gh100-535.86.09-nofwid";
        String driver = SDK + "sample_rims/NV_GPU_DRIVER_GH100_535.86.09_measurement_mismatch.xml";
        String vbios =
                SDK
                        + "sample_rims/NV_GPU_VBIOS_1010_0200_882_96005E0001"
                        + "_measurement_mismatch.xml";
        Report report = Report.parse(report(name)).toOptional().orElseThrow();
        Rim rim = Rim.parse(RealVectors.read(vbios)).toOptional().orElseThrow();

        assertThat(
                        check(
                                judge(
                                        report(name),
                                        bundle(List.of(chain(name), driver, vbios)),
                                        Revocation.IF_PRESENT,
                                        BETWEEN)))
                .isEqualTo(Check.COLLATERAL);
        assertThat(rim.isSigned()).isTrue();
        assertThat(rim.golden().values())
                .filteredOn(
                        one ->
                                !one.allows(
                                        Optional.ofNullable(
                                                report.measurements().get(one.index() + 1))))
                .extracting(Golden::index)
                .containsExactly(9);
        RealVectors.refused("nvidia", name + ", mismatching manifests", Check.COLLATERAL);
    }

    @ParameterizedTest
    @CsvSource({
        "evidence/nvidia/gh100-badsig.spdm.bin,evidence/nvidia/gh100-badsig.chain.pem,SIGNATURE",
        "evidence/nvidia/ls10-switch.spdm.bin,evidence/nvidia/ls10-switch.chain.pem,PLATFORM"
    })
    void whatIsNoGenuineGpuIsRefused(String report, String chain, Check check) {
        assertThat(
                        check(
                                judge(
                                        RealVectors.read(report),
                                        bundle(List.of(chain)),
                                        Revocation.IF_PRESENT,
                                        BETWEEN)))
                .isEqualTo(check);
        RealVectors.refused("nvidia", report, check);
    }

    @Test
    void aSwitchsReportOfAnotherDayIsRefusedByItsSignature() {
        assertThat(
                        check(
                                judge(
                                        RealVectors.read(
                                                GO + "test_raw_switch_attestation_report.dat"),
                                        bundle(
                                                List.of(
                                                        GO
                                                                + "test_switch_attestation_certificate"
                                                                + "_chain.dat")),
                                        Revocation.IF_PRESENT,
                                        BETWEEN)))
                .isEqualTo(Check.SIGNATURE);
        RealVectors.refused("nvidia", "test_raw_switch_attestation_report", Check.SIGNATURE);
    }

    /** The first is the report's own, whose manifests are not among the vectors. */
    @ParameterizedTest
    @CsvSource({
        "hopper_coco_certs1.txt,COLLATERAL",
        "../../../../../../evidence/nvidia/gh100-certhold.chain.pem,SIGNATURE",
        "hopper_cert_chain_case2.txt,CERTIFICATE",
        "hopper_cert_chain_case3.txt,CERTIFICATE",
        "hopper_cert_chain_case4.txt,CERTIFICATE"
    })
    void aReportWithAnothersOrABrokenChainIsRefused(String chain, Check check) {
        byte[] hex = RealVectors.read(TRUSTEE + "hopper_coco_report1.txt");
        byte[] report = HexFormat.of().parseHex(new String(hex, StandardCharsets.US_ASCII).strip());

        assertThat(
                        check(
                                judge(
                                        report,
                                        bundle(List.of(TRUSTEE + chain)),
                                        Revocation.IF_PRESENT,
                                        BETWEEN)))
                .isEqualTo(check);
        RealVectors.refused("nvidia", "hopper_coco_report1 with " + chain, check);
    }

    @ParameterizedTest
    @CsvSource({
        "test_mpt_data.json,gpus,8,MPT,COLLATERAL",
        "test_ppcie_data.json,gpus,8,PPCIE,COLLATERAL",
        "test_ppcie_data.json,nvswitches,4,UNREPORTED,PLATFORM"
    })
    void everyDeviceOfASystemIsGenuineAndAnother(
            String file, String list, int count, Mode mode, Check check) {
        List<NvidiaVectors.Kept> all = NvidiaVectors.kept(file, list);
        Set<String> devices = new HashSet<>();
        for (NvidiaVectors.Kept one : all) {
            List<X509Certificate> chain =
                    Certificates.parseAll(one.chain().bytes()).toOptional().orElseThrow();
            byte[] container = NvidiaEvidence.container(one.report().bytes(), chain);
            Report report = Report.parse(one.report().bytes()).toOptional().orElseThrow();

            assertThat(report.said().mode()).isEqualTo(mode);
            assertThat(report.isSignedBy(chain.getFirst().getPublicKey())).isTrue();
            assertThat(check(judge(container, bundle(), Revocation.IF_PRESENT, BETWEEN)))
                    .isEqualTo(check);
            devices.add(new Device(chain, leaf(chain)).serial().toString());
        }
        RealVectors.refused(
                "nvidia",
                file + " " + list + ", " + devices.size() + " genuine, no manifests",
                check);
        assertThat(devices).hasSize(count).hasSameSizeAs(all);
    }

    /** A switch reports the number by which its certificate names it. */
    @Test
    void aSwitchsOwnNumberIsInItsCertificate() {
        List<X509Certificate> chain =
                Certificates.parseAll(RealVectors.read(chain("ls10-switch")))
                        .toOptional()
                        .orElseThrow();
        Report report = Report.parse(report("ls10-switch")).toOptional().orElseThrow();
        byte[] number = report.opaque().field(OpaqueData.SWITCH_PDI).orElseThrow().bytes();

        assertThat(new Device(chain, leaf(chain)).serial().toString())
                .isEqualTo("0x50" + HexFormat.of().formatHex(number));
    }

    private static LeafExtensions leaf(List<X509Certificate> chain) {
        return LeafExtensions.parse(chain.getFirst()).toOptional().orElseThrow();
    }
}
