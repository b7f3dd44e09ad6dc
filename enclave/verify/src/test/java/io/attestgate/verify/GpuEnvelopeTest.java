package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.claims.MeshClaims;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.EvidenceRequirement;
import io.attestgate.verify.evidence.GpuBinding;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.nvidia.Mode;
import io.attestgate.verify.nvidia.NvidiaEvidence;
import io.attestgate.verify.nvidia.NvidiaPolicy;
import io.attestgate.verify.nvidia.Version;
import io.attestgate.verify.snp.SnpPolicy;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.snp.SnpTcb;
import io.attestgate.verify.testpki.NvidiaPki;
import io.attestgate.verify.testpki.NvidiaReport;
import io.attestgate.verify.testpki.NvidiaRim;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Envelopes with GPUs beside a processor, from claims to verdict, under roots of our own. */
final class GpuEnvelopeTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final SnpPki AMD = SnpPki.at("Milan", NOW);
    private static final NvidiaPki NVIDIA = NvidiaPki.at("GH100", NOW);
    private static final byte[] FWID = new byte[48];
    private static final NvidiaPki.Device FIRST = NVIDIA.device(1, FWID, 0);
    private static final NvidiaPki.Device SECOND = NVIDIA.device(2, FWID, 0);
    private static final Address KEY = Address.parse("0x" + "22".repeat(20)).orElseThrow();
    private static final Hash32 TLS_KEY = Hash32.parse("0x" + "33".repeat(32)).orElseThrow();
    private static final Bundle COLLATERAL = collateral();

    private final SortedMap<String, CmwRecord> members = new TreeMap<>();

    private static Bundle collateral() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("amd.crl", AMD.crl(AMD.validity(), List.of()));
        files.put(
                "driver.xml", new NvidiaRim("GH100", NvidiaReport.DRIVER).of(13, 40).make(NVIDIA));
        files.put("vbios.xml", new NvidiaRim("GH100", NvidiaReport.VBIOS).of(0, 12).make(NVIDIA));
        return new Bundle(files);
    }

    private static AppraisalPolicy policy(int count) {
        SnpTcb zero = new SnpTcb(0, 0, 0, 0, 0);
        SnpPolicy snp =
                new SnpPolicy(
                        Map.of(SnpProduct.MILAN, new SnpPolicy.Floors(zero, zero, zero, zero)),
                        Set.of(SnpPolicy.VCEK),
                        Set.of(),
                        Set.of(),
                        new SnpPolicy.Abi(0, 0),
                        0,
                        Revocation.REQUIRED);
        NvidiaPolicy nvidia =
                new NvidiaPolicy(
                        Set.of(NVIDIA.deviceRoot().hash()),
                        Set.of(NVIDIA.rimRoot().hash()),
                        Set.of("GH100"),
                        Set.of(Mode.SPT),
                        count,
                        NvidiaPolicy.Fwid.REQUIRED,
                        Revocation.IF_PRESENT,
                        Map.of("590", Version.driver(NvidiaReport.DRIVER).orElseThrow()),
                        Map.of(
                                NvidiaReport.BOARD,
                                Version.vbios(NvidiaReport.VBIOS).orElseThrow()));
        return new AppraisalPolicy(
                        Set.of(AMD.rootHash(), NVIDIA.deviceRoot().hash(), NVIDIA.rimRoot().hash()),
                        Map.of(TcbState.UNJUDGED, NOW.plusSeconds(60)),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED)
                .with(snp)
                .with(nvidia);
    }

    private static byte[] gpu(NvidiaPki.Device device) {
        byte[] nonce = GpuBinding.nonce(Hash32.ZERO, KEY, TLS_KEY).bytes();
        return gpu(device, nonce);
    }

    private static byte[] gpu(NvidiaPki.Device device, byte[] nonce) {
        return NvidiaEvidence.container(
                NvidiaReport.of(FWID, nonce).make(device.key().keys().getPrivate()),
                NVIDIA.chain(device));
    }

    private void member(String name, byte[] evidence) {
        members.put(name, CmwRecord.of("nvidia", evidence));
    }

    private byte[] claims() {
        Hash32 zero = Hash32.ZERO;
        return new MeshClaims(
                        zero,
                        NOW,
                        NOW.plusSeconds(300),
                        TLS_KEY,
                        KEY,
                        new PolicyReference(1, KEY, 1, zero, 1, zero),
                        zero,
                        GpuBinding.digest(members),
                        Instance.of("snp", chip()))
                .toBytes();
    }

    private static byte[] chip() {
        byte[] chip = new byte[64];
        Arrays.fill(chip, (byte) 7);
        return chip;
    }

    private Verdict verdict(AppraisalPolicy policy) {
        byte[] claims = claims();
        SnpReport report =
                SnpReport.of(AMD, 5).put(SnpReport.REPORT_DATA, ReportData.of(claims).bytes());
        SnpPki.Vek vek = report.vcek();
        report.after = SnpReport.table(AMD, vek);
        members.put("cpu", CmwRecord.of("snp", report.make(vek.keys())));
        return EvidenceVerifier.verify(
                EvidenceEnvelope.of(claims, List.of(), members),
                Expectation.of(Role.MESH, Set.of("snp")),
                new Hardware(COLLATERAL, policy),
                NOW);
    }

    private static Check check(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted trusted -> throw new AssertionError("trusted");
            case Verdict.Refused refused -> refused.check();
        };
    }

    @Test
    void gpusThatAnswerTheClaimsNonceStandBesideTheProcessor() {
        member("gpu0", gpu(FIRST));
        member("gpu1", gpu(SECOND));

        assertThat(verdict(policy(2)))
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> {
                            assertThat(trusted.legs()).hasSize(3);
                            Leg.Held gpu = (Leg.Held) trusted.legs().get(1);
                            assertThat(gpu.roots())
                                    .extracting(RootOfTrust::sha256)
                                    .containsExactlyInAnyOrder(
                                            NVIDIA.deviceRoot().hash(), NVIDIA.rimRoot().hash());
                            assertThat(gpu.report().restsOn()).contains("measured driver");
                        });
    }

    @Test
    void asManyAsThePolicyNames() {
        member("gpu0", gpu(FIRST));

        assertThat(check(verdict(policy(2)))).isEqualTo(Check.GPU);
    }

    @Test
    void aPolicyThatAsksForGpusIsNotMetByNone() {
        assertThat(check(verdict(policy(1)))).isEqualTo(Check.GPU);
    }

    @Test
    void oneGpuUnderTwoNamesIsOne() {
        member("gpu0", gpu(FIRST));
        member("gpu1", gpu(FIRST));

        assertThat(check(verdict(policy(2)))).isEqualTo(Check.GPU);
    }

    @Test
    void aGpuThatAnsweredAnotherNonceIsRefused() {
        member("gpu0", gpu(FIRST, new byte[32]));

        assertThat(check(verdict(policy(1)))).isEqualTo(Check.REPORT_DATA);
    }

    @Test
    void onlyAGpuIsAGpu() {
        SnpReport report = SnpReport.of(AMD, 5);
        members.put("gpu0", CmwRecord.of("snp", report.make(report.vcek().keys())));

        assertThat(check(verdict(policy(1)))).isEqualTo(Check.PLATFORM);
    }

    /** A reader who counts vendors as well asks no less of the GPUs. */
    @Test
    void aSetThatIsNotWhatWasAskedForIsRefusedWhereVendorsAreCountedToo() {
        EvidenceRequirement amd =
                new EvidenceRequirement(
                        List.of(new EvidenceRequirement.Kind("snp", Set.of(AMD.rootHash()))), 1);
        assertThat(check(verdict(policy(1).with(amd)))).as("none").isEqualTo(Check.GPU);

        member("gpu0", gpu(FIRST));
        assertThat(verdict(policy(1).with(amd))).isInstanceOf(Verdict.Trusted.class);
        assertThat(check(verdict(policy(2).with(amd)))).as("too few").isEqualTo(Check.GPU);

        member("gpu1", gpu(FIRST));
        assertThat(check(verdict(policy(2).with(amd)))).as("one twice").isEqualTo(Check.GPU);

        member("gpu1", gpu(SECOND, new byte[32]));
        assertThat(check(verdict(policy(2).with(amd)))).as("fallen").isEqualTo(Check.REPORT_DATA);
    }
}
