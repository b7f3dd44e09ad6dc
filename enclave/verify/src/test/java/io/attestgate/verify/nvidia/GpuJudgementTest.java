package io.attestgate.verify.nvidia;

import static io.attestgate.verify.nvidia.NvidiaVectors.check;
import static io.attestgate.verify.nvidia.NvidiaVectors.trusted;
import static io.attestgate.verify.nvidia.PlayedNvidia.BLACKWELL;
import static io.attestgate.verify.nvidia.PlayedNvidia.FLAGS;
import static io.attestgate.verify.nvidia.PlayedNvidia.FWID;
import static io.attestgate.verify.nvidia.PlayedNvidia.HOPPER;
import static io.attestgate.verify.nvidia.PlayedNvidia.NOW;
import static io.attestgate.verify.nvidia.PlayedNvidia.NUMBER;
import static io.attestgate.verify.nvidia.PlayedNvidia.blackwell;
import static io.attestgate.verify.nvidia.PlayedNvidia.filled;
import static io.attestgate.verify.nvidia.PlayedNvidia.hopper;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.AppraisalPolicy.Debug;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.NvidiaPki;
import io.attestgate.verify.testpki.NvidiaReport;
import io.attestgate.verify.testpki.P384Authority.Added;
import io.attestgate.verify.x509.Certificates;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One GPU: what a genuine one shows, and what a hostile operator sends in its place. */
final class GpuJudgementTest {

    @ParameterizedTest
    @ValueSource(strings = {"GH100", "GB100"})
    void aGenuineGpuIsTrusted(String chip) {
        PlayedNvidia played = PlayedNvidia.of(chip);
        Appraisal.Trusted trusted = trusted(played.judge());

        assertThat(trusted.tcb()).isEqualTo(TcbState.UNJUDGED);
        assertThat(trusted.expiry()).isEqualTo(PlayedNvidia.DAY.until());
        assertThat(trusted.identity())
                .containsEntry("chip", chip)
                .containsEntry("deviceSerial", "0x41b6e23025d8e93e01");
        assertThat(trusted.claims())
                .containsEntry("mode", "spt")
                .containsEntry("driver", NvidiaReport.DRIVER)
                .containsEntry("measurementsJudged", "41");
        assertThat(trusted.report().platform()).isEqualTo("nvidia");
        assertThat(trusted.report().registers()).hasSize(48);
        assertThat(trusted.report().instance()).isPresent();
        assertThat(trusted.report().restsOn()).contains("measured driver");
    }

    @Test
    void withoutItsOwnPartOfThePolicyNothingPasses() {
        PlayedNvidia played = hopper();
        AppraisalPolicy strict = AppraisalPolicy.strict(Set.of(HOPPER.deviceRoot().hash()), NOW);

        assertThat(check(played.judge(strict, NOW))).isEqualTo(Check.TCB_LEVEL);
    }

    @Test
    void aRootIsGoodForItsOwnPurposeAlone() {
        PlayedNvidia played = hopper();
        NvidiaPolicy accepted = played.accepted();
        NvidiaPolicy swapped =
                new NvidiaPolicy(
                        /* deviceRoots= */ accepted.rimRoots(),
                        /* rimRoots= */ accepted.deviceRoots(),
                        accepted.chips(),
                        accepted.modes(),
                        1,
                        accepted.fwid(),
                        accepted.ocsp(),
                        accepted.drivers(),
                        accepted.vbios());
        AppraisalPolicy without =
                new AppraisalPolicy(
                                Set.of(HOPPER.rimRoot().hash()),
                                Map.of(TcbState.UNJUDGED, PlayedNvidia.END),
                                Map.of(),
                                Debug.REFUSED)
                        .with(accepted);

        assertThat(check(played.judge(played.policy(swapped), NOW))).isEqualTo(Check.ROOT);
        assertThat(check(played.judge(without, NOW))).isEqualTo(Check.ROOT);
    }

    @Test
    void anothersRootIsRefused() {
        PlayedNvidia played = hopper();
        byte[] evidence =
                NvidiaEvidence.container(
                        played.signed(), BLACKWELL.chain(BLACKWELL.device(NUMBER, FWID, FLAGS)));

        assertThat(check(played.judge(evidence, played.policy(played.accepted()), NOW)))
                .isEqualTo(Check.ROOT);
    }

    @Test
    void aChainHasFiveCertificatesEachSignedByTheNext() {
        PlayedNvidia played = hopper();
        List<X509Certificate> chain = new ArrayList<>(HOPPER.chain(played.device));
        X509Certificate other = HOPPER.device(NUMBER + 1, FWID, FLAGS).key().certificate();
        AppraisalPolicy policy = played.policy(played.accepted());
        byte[] shorter = NvidiaEvidence.container(played.signed(), chain.subList(1, chain.size()));
        chain.set(0, other);

        assertThat(check(played.judge(shorter, policy, NOW))).isEqualTo(Check.CERTIFICATE);
        assertThat(
                        check(
                                played.judge(
                                        NvidiaEvidence.container(played.signed(), chain),
                                        policy,
                                        NOW)))
                .isEqualTo(Check.CERTIFICATE);
    }

    @Test
    void aChainCountsInItsTime() {
        PlayedNvidia played = hopper();
        AppraisalPolicy policy = played.policy(played.accepted());

        assertThat(check(played.judge(policy, HOPPER.validity().from().minusSeconds(1))))
                .isEqualTo(Check.NOT_YET_VALID);
        assertThat(check(played.judge(policy, HOPPER.validity().until().plusSeconds(1))))
                .isEqualTo(Check.EXPIRED);
    }

    @Test
    void anothersSignatureIsRefused() {
        PlayedNvidia played = hopper();
        NvidiaPki.Device other = HOPPER.device(NUMBER + 1, FWID, FLAGS);
        byte[] evidence =
                NvidiaEvidence.container(
                        played.report.make(other.key().keys().getPrivate()),
                        HOPPER.chain(played.device));

        assertThat(check(played.judge(evidence, played.policy(played.accepted()), NOW)))
                .isEqualTo(Check.SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GH100", "GB100"})
    void firmwareThatTheCertificateDoesNotNameIsRefused(String chip) {
        PlayedNvidia played = PlayedNvidia.of(chip);
        played.report.opaque.put(NvidiaReport.FWID, filled(48, 0x18));
        assertThat(check(played.judge())).isEqualTo(Check.SIGNER);

        played.report.opaque.put(NvidiaReport.FWID, new byte[0]);
        assertThat(check(played.judge())).isEqualTo(Check.SIGNER);

        played.report.opaque.remove(NvidiaReport.FWID);
        assertThat(check(played.judge())).isEqualTo(Check.SIGNER);
    }

    @Test
    void aReportWithoutFirmwarePassesOnlyWhoSaysSo() {
        PlayedNvidia played = hopper();
        played.report.opaque.remove(NvidiaReport.FWID);
        NvidiaPolicy strict = played.accepted();
        NvidiaPolicy old =
                new NvidiaPolicy(
                        strict.deviceRoots(),
                        strict.rimRoots(),
                        strict.chips(),
                        strict.modes(),
                        1,
                        NvidiaPolicy.Fwid.IF_REPORTED,
                        strict.ocsp(),
                        strict.drivers(),
                        strict.vbios());

        assertThat(played.judge(played.policy(old), NOW)).isInstanceOf(Appraisal.Trusted.class);
        played.report.opaque.put(NvidiaReport.FWID, filled(48, 0x18));
        assertThat(check(played.judge(played.policy(old), NOW))).isEqualTo(Check.SIGNER);
    }

    /** A key that names another device's, under this device's certificate. */
    @Test
    void aKeyOfAnotherDeviceIsRefused() {
        PlayedNvidia played = hopper();
        NvidiaPki.Device other = HOPPER.device(NUMBER + 1, FWID, FLAGS);
        played.device =
                new NvidiaPki.Device(
                        played.device.identity(),
                        played.device
                                .identity()
                                .issue(
                                        other.key().keys(),
                                        NvidiaPki.signer("GH100 A01 GSP FMC LF", HOPPER.validity()),
                                        extension(other, "2.5.29.17"),
                                        extension(other, "2.23.133.5.4.1")));

        assertThat(check(played.judge())).isEqualTo(Check.SIGNER);
    }

    private static Added extension(NvidiaPki.Device device, String oid) {
        byte[] wrapped = device.key().certificate().getExtensionValue(oid);
        return new Added(
                oid,
                false,
                ASN1Sequence.getInstance(ASN1OctetString.getInstance(wrapped).getOctets()));
    }

    @Test
    void anotherChipThanTheCertificatesIsRefused() {
        PlayedNvidia played = blackwell();
        played.report.opaque.put(NvidiaReport.CHIP_INFO, NvidiaReport.text("GB202"));

        assertThat(check(played.judge())).isEqualTo(Check.PLATFORM);
    }

    @Test
    void aChipThatThePolicyDoesNotNameIsRefused() {
        PlayedNvidia played = hopper();
        NvidiaPolicy all = played.accepted();
        NvidiaPolicy other =
                new NvidiaPolicy(
                        all.deviceRoots(),
                        all.rimRoots(),
                        Set.of("GB100"),
                        all.modes(),
                        1,
                        all.fwid(),
                        all.ocsp(),
                        all.drivers(),
                        all.vbios());

        assertThat(check(played.judge(played.policy(other), NOW))).isEqualTo(Check.PLATFORM);
    }

    @Test
    void aSwitchIsNoGpu() {
        NvidiaPki pki = NvidiaPki.at("GH100", NOW);
        NvidiaPki switches =
                new NvidiaPki(
                        "LS_10",
                        pki.deviceRoot(),
                        pki.product(),
                        pki.provisioner(),
                        pki.rimRoot(),
                        pki.rimProduct(),
                        pki.rimAuthority(),
                        pki.rimSigner(),
                        pki.validity());
        PlayedNvidia played = hopper();
        NvidiaPki.Device device = switches.device(NUMBER, FWID, FLAGS);
        byte[] evidence =
                NvidiaEvidence.container(
                        played.report.make(device.key().keys().getPrivate()),
                        switches.chain(device));
        NvidiaPolicy all = played.accepted(Revocation.IF_PRESENT);
        NvidiaPolicy accepted =
                new NvidiaPolicy(
                        Set.of(pki.deviceRoot().hash()),
                        all.rimRoots(),
                        all.chips(),
                        all.modes(),
                        1,
                        all.fwid(),
                        all.ocsp(),
                        all.drivers(),
                        all.vbios());
        AppraisalPolicy policy =
                new AppraisalPolicy(
                                Set.of(pki.deviceRoot().hash()),
                                Map.of(TcbState.UNJUDGED, PlayedNvidia.END),
                                Map.of(),
                                Debug.REFUSED)
                        .with(accepted);

        assertThat(check(played.judge(evidence, policy, NOW))).isEqualTo(Check.PLATFORM);
    }

    /** A real switch reports no firmware, and must not be refused for that. */
    @Test
    void whatADeviceIsComesBeforeItsFirmware() {
        PlayedNvidia played = blackwell();
        played.report.opaque.put(NvidiaReport.CHIP_INFO, NvidiaReport.text("GB202"));
        played.report.opaque.remove(NvidiaReport.FWID);

        assertThat(check(played.judge())).isEqualTo(Check.PLATFORM);
    }

    @Test
    void anotherNonceIsRefused() {
        PlayedNvidia played = hopper();
        played.report.request[4] ^= 1;

        assertThat(check(played.judge())).isEqualTo(Check.REPORT_DATA);
    }

    /** 2 is not secure, 4 recovery, 8 debug, from the left. */
    @ParameterizedTest
    @ValueSource(ints = {0b0100_0000, 0b0010_0000, 0b0001_0000, 0b1101_0000})
    void firmwareInDebugIsRefused(int flags) {
        PlayedNvidia played = blackwell();
        played.device = BLACKWELL.device(NUMBER + 2, FWID, flags);
        played.answers(PlayedNvidia.DAY);

        assertThat(check(played.judge())).isEqualTo(Check.DEBUG);
        assertThat(
                        played.judge(
                                played.policy(
                                        played.accepted(),
                                        Map.of(TcbState.UNJUDGED, PlayedNvidia.END),
                                        Debug.ACCEPTED),
                                NOW))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @CsvSource({"0,SPT", "1,MPT", "2,PPCIE"})
    void aModePassesWhereThePolicyNamesIt(int flag, Mode mode) {
        PlayedNvidia played = hopper();
        played.report.opaque.put(NvidiaReport.FEATURE_FLAG, new byte[] {(byte) flag, 0});
        for (Mode one : Mode.values()) {
            Appraisal appraisal = played.judge(played.policy(played.accepted(Set.of(one), 1)), NOW);

            if (one == mode) {
                assertThat(trusted(appraisal).claims()).containsEntry("mode", mode.spelling());
            } else {
                assertThat(check(appraisal)).isEqualTo(Check.MODE);
            }
        }
    }

    @Test
    void anUnknownModeIsRefused() {
        PlayedNvidia played = hopper();
        played.report.opaque.put(NvidiaReport.FEATURE_FLAG, new byte[] {3, 0});

        assertThat(check(played.judge())).isEqualTo(Check.REPORT);
    }

    @Test
    void anOldFormatNamesNoModeOrProtectedPcie() {
        PlayedNvidia played = hopper();
        played.report.opaque.remove(NvidiaReport.FEATURE_FLAG);
        played.report.opaque.remove(NvidiaReport.VERSION);
        assertThat(check(played.judge())).isEqualTo(Check.MODE);
        assertThat(
                        trusted(
                                        played.judge(
                                                played.policy(
                                                        played.accepted(
                                                                Set.of(Mode.UNREPORTED), 1)),
                                                NOW))
                                .claims())
                .containsEntry("mode", "unreported");

        played.report.opaque.put(NvidiaReport.PROTECTED_PCIE_STATUS, new byte[] {(byte) 0xaa});
        assertThat(played.judge(played.policy(played.accepted(Set.of(Mode.PPCIE), 1)), NOW))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "590.48.02,97.00.D9.00.35",
        "590.48.01,97.00.D9.00.36",
        "591.00,97.00.D9.00.35",
        "590.48.01.01,97.00.D9.00.35"
    })
    void belowThePolicysFloorsNothingPasses(String driver, String vbios) {
        PlayedNvidia played = hopper();
        NvidiaPolicy all = played.accepted();
        Version floor = Version.driver(driver).orElseThrow();
        NvidiaPolicy accepted =
                new NvidiaPolicy(
                        all.deviceRoots(),
                        all.rimRoots(),
                        all.chips(),
                        all.modes(),
                        1,
                        all.fwid(),
                        all.ocsp(),
                        Map.of(floor.branch(), floor),
                        Map.of(NvidiaReport.BOARD, Version.vbios(vbios).orElseThrow()));

        assertThat(check(played.judge(played.policy(accepted), NOW))).isEqualTo(Check.TCB_LEVEL);
    }

    @Test
    void aBoardThatThePolicyDoesNotNameIsRefused() {
        PlayedNvidia played = hopper();
        played.report.opaque.put(17, NvidiaReport.text("G520"));
        assertThat(check(played.judge())).isEqualTo(Check.TCB_LEVEL);

        played.report.opaque.remove(17);
        assertThat(check(played.judge())).isEqualTo(Check.TCB_LEVEL);
    }

    @Test
    void whatNobodyJudgesPassesUntilThePolicysInstant() {
        PlayedNvidia played = hopper();
        Instant soon = NOW.plusSeconds(60);
        Map<TcbState, Instant> states = Map.of(TcbState.UNJUDGED, soon);
        AppraisalPolicy policy = played.policy(played.accepted(), states, Debug.REFUSED);

        assertThat(trusted(played.judge(policy, NOW)).expiry()).isEqualTo(soon);
        assertThat(played.judge(policy, soon))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.check()).isEqualTo(Check.TCB_STATE);
                            assertThat(refusal.found())
                                    .isEqualTo("unjudged, accepted until " + soon);
                            assertThat(refusal.expected())
                                    .isEqualTo("a state that the policy accepts at " + soon);
                        });
    }

    @Test
    void aBareReportTakesItsChainFromTheCollateral() {
        PlayedNvidia played = hopper();
        AppraisalPolicy policy = played.policy(played.accepted());
        assertThat(check(played.judge(played.signed(), policy, NOW))).isEqualTo(Check.COLLATERAL);

        StringBuilder pem = new StringBuilder();
        for (X509Certificate one : HOPPER.chain(played.device)) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder().encodeToString(Certificates.der(one)))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        played.files.put("chain.pem", pem.toString().getBytes(StandardCharsets.US_ASCII));
        assertThat(played.judge(played.signed(), policy, NOW))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(new NvidiaKind().inspect(played.signed()).toOptional()).isPresent();
        assertThat(new NvidiaKind().isLike(played.signed())).isTrue();
    }
}
