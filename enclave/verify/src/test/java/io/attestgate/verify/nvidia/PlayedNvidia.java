package io.attestgate.verify.nvidia;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.AppraisalPolicy.Debug;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.NvidiaOcsp;
import io.attestgate.verify.testpki.NvidiaPki;
import io.attestgate.verify.testpki.NvidiaReport;
import io.attestgate.verify.testpki.NvidiaRim;
import io.attestgate.verify.testpki.P384Authority;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import io.attestgate.wire.Hash32;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A GPU of one product under NVIDIA's roots, played, and what it is held against. */
final class PlayedNvidia {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    static final Instant END = Instant.parse("2099-01-01T00:00:00Z");
    static final Validity DAY =
            new Validity(NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(23)));

    static final byte[] FWID = filled(48, 0x17);
    static final byte[] NONCE = filled(32, 0x29);
    static final long NUMBER = 0xb6e23025d8e93e01L;

    /** 1 is "not configured", which real ones have. */
    static final int FLAGS = 0b1000_0000;

    static final NvidiaPki HOPPER = NvidiaPki.at("GH100", NOW);
    static final NvidiaPki BLACKWELL = NvidiaPki.at("GB100", NOW);

    private static final Map<NvidiaPki, NvidiaPki.Device> DEVICES =
            Map.of(
                    HOPPER, HOPPER.device(NUMBER, FWID, FLAGS),
                    BLACKWELL, BLACKWELL.device(NUMBER, FWID, FLAGS));
    private static final Map<NvidiaPki, SortedMap<String, byte[]>> FILES =
            new ConcurrentHashMap<>();
    private static final Map<P384Authority, NvidiaOcsp> RESPONDERS = new ConcurrentHashMap<>();

    final NvidiaPki pki;
    final NvidiaReport report = NvidiaReport.of(FWID, NONCE);
    NvidiaPki.Device device;
    final SortedMap<String, byte[]> files = new TreeMap<>();

    private PlayedNvidia(NvidiaPki pki) {
        this.pki = pki;
        this.device = DEVICES.getOrDefault(pki, pki.device(NUMBER, FWID, FLAGS));
        SortedMap<String, byte[]> made = FILES.get(pki);
        if (made == null) {
            manifests(driver(), vbios());
            answers(DAY);
            FILES.put(pki, new TreeMap<>(files));
        } else {
            files.putAll(made);
        }
    }

    static PlayedNvidia hopper() {
        return new PlayedNvidia(HOPPER);
    }

    static PlayedNvidia blackwell() {
        PlayedNvidia played = new PlayedNvidia(BLACKWELL);
        played.report.opaque.put(NvidiaReport.CHIP_INFO, NvidiaReport.text("GB100"));
        return played;
    }

    static PlayedNvidia of(String chip) {
        return chip.equals("GH100") ? hopper() : blackwell();
    }

    static byte[] filled(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    NvidiaRim driver() {
        return new NvidiaRim(pki.chip(), NvidiaReport.DRIVER).of(13, 40);
    }

    NvidiaRim vbios() {
        return new NvidiaRim(pki.chip(), NvidiaReport.VBIOS).of(0, 12);
    }

    void manifests(NvidiaRim driver, NvidiaRim vbios) {
        files.put("driver.xml", driver.make(pki));
        files.put("vbios.xml", vbios.make(pki));
    }

    /** Good words about every certificate that somebody answers for. */
    void answers(Validity validity) {
        good("identity", pki.provisioner(), device.identity().certificate(), validity);
        good("provisioner", pki.product(), pki.provisioner().certificate(), validity);
        good("product", pki.deviceRoot(), pki.product().certificate(), validity);
        good("signer", pki.rimAuthority(), pki.rimSigner().certificate(), validity);
        good("authority", pki.rimProduct(), pki.rimAuthority().certificate(), validity);
        good("rim", pki.rimRoot(), pki.rimProduct().certificate(), validity);
    }

    private void good(
            String name, P384Authority issuer, X509Certificate certificate, Validity validity) {
        files.put(name + ".der", responder(issuer).good(certificate, validity));
    }

    NvidiaOcsp responder(P384Authority issuer) {
        return RESPONDERS.computeIfAbsent(issuer, one -> NvidiaOcsp.of(one, pki.validity()));
    }

    /** The container, of the report as it now is, signed by the device's key. */
    byte[] container() {
        return NvidiaEvidence.container(signed(), pki.chain(device));
    }

    byte[] signed() {
        return report.make(device.key().keys().getPrivate());
    }

    /** What has this product's roots, one GPU, and answers that are required. */
    NvidiaPolicy accepted() {
        return new NvidiaPolicy(
                Set.of(pki.deviceRoot().hash()),
                Set.of(pki.rimRoot().hash()),
                Set.of("GH100", "GB100"),
                Set.of(Mode.SPT),
                1,
                NvidiaPolicy.Fwid.REQUIRED,
                Revocation.REQUIRED,
                Map.of("590", Version.driver(NvidiaReport.DRIVER).orElseThrow()),
                Map.of(NvidiaReport.BOARD, Version.vbios(NvidiaReport.VBIOS).orElseThrow()));
    }

    NvidiaPolicy accepted(Revocation ocsp) {
        NvidiaPolicy all = accepted();
        return new NvidiaPolicy(
                all.deviceRoots(),
                all.rimRoots(),
                all.chips(),
                all.modes(),
                all.count(),
                all.fwid(),
                ocsp,
                all.drivers(),
                all.vbios());
    }

    NvidiaPolicy accepted(Set<Mode> modes, int count) {
        NvidiaPolicy all = accepted();
        return new NvidiaPolicy(
                all.deviceRoots(),
                all.rimRoots(),
                all.chips(),
                modes,
                count,
                all.fwid(),
                all.ocsp(),
                all.drivers(),
                all.vbios());
    }

    AppraisalPolicy policy(NvidiaPolicy accepted) {
        return policy(accepted, Map.of(TcbState.UNJUDGED, END), Debug.REFUSED);
    }

    AppraisalPolicy policy(NvidiaPolicy accepted, Map<TcbState, Instant> states, Debug debug) {
        Set<Hash32> roots = Set.of(pki.deviceRoot().hash(), pki.rimRoot().hash());
        return new AppraisalPolicy(roots, states, Map.of(), debug).with(accepted);
    }

    Appraisal judge() {
        return judge(policy(accepted()), NOW);
    }

    Appraisal judge(AppraisalPolicy policy, Instant now) {
        return judge(container(), policy, now);
    }

    Appraisal judge(byte[] evidence, AppraisalPolicy policy, Instant now) {
        return new NvidiaKind()
                .verify(evidence, new Bundle(files), policy, Optional.of(Octets.of(NONCE)), now);
    }

    Collateral collateral() {
        return Collateral.parse(new Bundle(files)).toOptional().orElseThrow();
    }
}
