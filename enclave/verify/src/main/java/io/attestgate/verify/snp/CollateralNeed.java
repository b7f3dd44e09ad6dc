package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What of AMD's a report must be held against, as it says itself; believed in nothing.
 *
 * @param signer which kind of key signed it
 * @param products one, or for version 2, which does not say, those that made it
 * @param key the certificate of that key, where the report carries it
 */
public record CollateralNeed(
        Report report, Signer signer, List<SnpProduct> products, Optional<X509Certificate> key) {
    public CollateralNeed {
        products = List.copyOf(products);
    }

    /** Reads it from a report with what it carries; a fault if no key of AMD's signed it. */
    public static Parsed<CollateralNeed> of(SnpEvidence evidence) {
        Report report = evidence.report();
        Optional<Signer> signer = report.signer().filter(one -> !report.isChipKeyMasked());
        if (signer.isEmpty()) {
            return Parsed.bad(new Fault("report", "signed by no key", "a VCEK's or VLEK's"));
        }
        Optional<Vek> carried =
                evidence.carried().veks().stream()
                        .filter(vek -> vek.mismatch(report, signer.get()).isEmpty())
                        .findFirst();
        List<SnpProduct> products = products(report, carried);
        return products.isEmpty()
                ? Parsed.bad(new Fault("report", "another processor", "Milan, Genoa or Turin"))
                : Parsed.good(
                        new CollateralNeed(
                                report, signer.get(), products, carried.map(Vek::certificate)));
    }

    private static List<SnpProduct> products(Report report, Optional<Vek> carried) {
        if (carried.isPresent()) {
            return List.of(carried.get().product());
        }
        return report.version() == 2
                ? List.of(SnpProduct.MILAN, SnpProduct.GENOA)
                : report.product().stream().toList();
    }

    /** The chip, as AMD's service asks for it; empty where the host masks it. */
    public Optional<Octets> hardwareId(SnpProduct product) {
        int sizeBytes =
                product == SnpProduct.TURIN
                        ? VekExtensions.HARDWARE_ID_BYTES_TURIN
                        : VekExtensions.HARDWARE_ID_BYTES;
        return report.chipId().map(id -> Octets.of(Arrays.copyOf(id.bytes(), sizeBytes)));
    }

    /** The TCB that the key was made for. */
    public SnpTcb reportedTcb(SnpProduct product) {
        return SnpTcb.of(product, report.reportedTcb());
    }
}
