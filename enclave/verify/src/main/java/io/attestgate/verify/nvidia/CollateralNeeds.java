package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.x509.CertificatePath;
import io.attestgate.verify.x509.Links;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What to ask NVIDIA's services for, so that evidence can be judged. Evidence is believed in
 * nothing here: who asks for the wrong thing is refused later.
 *
 * @param manifests their ids at the RIM service
 * @param certificates those about which OCSP must answer
 */
public record CollateralNeeds(Set<String> manifests, Set<Issued> certificates) {

    private static final String CLAUSE = "docs/evidence-nvidia.md, manifests";

    /** A certificate and that of its issuer, whom an OCSP request names. */
    public record Issued(X509Certificate certificate, X509Certificate issuer) {

        /**
         * Reads an OCSP answer in DER and says from when it speaks of that certificate; a fault if
         * it does not, or nobody signed it who may answer for the issuer.
         */
        public Parsed<Instant> answered(byte[] der) {
            return OcspAnswer.parse(der)
                    .then(
                            answer ->
                                    answer.about(certificate, issuer).stream()
                                            .filter(one -> isSigned(answer, one))
                                            .findFirst()
                                            .map(one -> Parsed.good(one.thisUpdate()))
                                            .orElseGet(Issued::nobodys));
        }

        /** By a responder that was one when it spoke, or is while its answer holds. */
        private boolean isSigned(OcspAnswer answer, OcspStatement statement) {
            Links links = new Links();
            return Stream.of(statement.thisUpdate(), statement.nextUpdate())
                    .anyMatch(at -> answer.unsigned(issuer, links, at).isEmpty());
        }

        private static Parsed<Instant> nobodys() {
            return Parsed.bad(
                    new Fault(
                            "ocsp",
                            "an answer about another certificate, or that another signed",
                            "one about that certificate, signed for its issuer"));
        }
    }

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

    /** Why a manifest is signed by nobody below one of those roots, at whatever time. */
    public static Optional<Refusal> unsigned(byte[] manifest, Set<Hash32> roots) {
        return switch (Rim.parse(manifest)) {
            case Parsed.Bad<Rim> bad -> Optional.of(Refusal.of(Check.COLLATERAL, bad, CLAUSE));
            case Parsed.Good<Rim> good -> unsigned(good.value(), roots);
        };
    }

    private static Optional<Refusal> unsigned(Rim rim, Set<Hash32> roots) {
        return rim.isSigned()
                ? new CertificatePath(rim.chain()).unsigned(roots, new Links())
                : Optional.of(
                        new Refusal(
                                Check.COLLATERAL,
                                "a manifest that another signed",
                                "one signed by the first of its certificates",
                                CLAUSE));
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
