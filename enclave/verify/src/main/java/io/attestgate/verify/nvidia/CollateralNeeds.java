package io.attestgate.verify.nvidia;

import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What to ask NVIDIA's services for, so that evidence can be judged. Evidence is believed in
 * nothing here: who asks for the wrong thing is refused later.
 *
 * @param manifests their ids at the RIM service
 * @param certificates those about which OCSP must answer
 */
public record CollateralNeeds(Set<String> manifests, Set<Issued> certificates) {

    /** A certificate and that of its issuer, whom an OCSP request names. */
    public record Issued(X509Certificate certificate, X509Certificate issuer) {}

    public CollateralNeeds {
        manifests = Set.copyOf(manifests);
        certificates = Set.copyOf(certificates);
    }

    /** Of every GPU that carries its chain: both manifests, and its chain from the device on. */
    public static CollateralNeeds of(NvidiaEvidence evidence) {
        Set<String> manifests = new LinkedHashSet<>();
        Set<Issued> certificates = new LinkedHashSet<>();
        for (GpuEvidence gpu : evidence.gpus()) {
            Report.Said said = gpu.report().said();
            gpu.chain().stream()
                    .findFirst()
                    .flatMap(leaf -> LeafExtensions.parse(leaf).toOptional())
                    .ifPresent(leaf -> manifests.addAll(manifests(leaf.chip(), said)));
            certificates.addAll(issued(gpu.chain(), 1));
        }
        return new CollateralNeeds(manifests, certificates);
    }

    /** Of a manifest: every certificate of its chain but the root. */
    public static Parsed<CollateralNeeds> ofManifest(byte[] xml) {
        return Rim.parse(xml)
                .then(
                        rim ->
                                Parsed.good(
                                        new CollateralNeeds(
                                                Set.of(), Set.copyOf(issued(rim.chain(), 0)))));
    }

    private static List<String> manifests(String chip, Report.Said said) {
        String driver = chip.startsWith("GH") ? "NV_GPU_DRIVER_" : "NV_GPU_CC_DRIVER_";
        List<String> ids = new ArrayList<>();
        said.driverVersion().ifPresent(version -> ids.add(driver + chip + "_" + version));
        said.board()
                .flatMap(
                        board ->
                                said.vbiosVersion()
                                        .map(version -> "NV_GPU_VBIOS_" + board + "_" + version))
                .ifPresent(id -> ids.add(id.replace(".", "").toUpperCase(Locale.ROOT)));
        return ids;
    }

    private static List<Issued> issued(List<X509Certificate> chain, int from) {
        List<Issued> issued = new ArrayList<>();
        for (int i = from; i < chain.size() - 1; i++) {
            issued.add(new Issued(chain.get(i), chain.get(i + 1)));
        }
        return issued;
    }
}
