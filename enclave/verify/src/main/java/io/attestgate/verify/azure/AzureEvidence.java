package io.attestgate.verify.azure;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.util.List;
import java.util.Optional;

/**
 * What vouches for the virtual TPM of an Azure confidential machine.
 *
 * @param hardware evidence of the processor: an SEV-SNP report, with a certificate table or
 *     without, or a TDX quote
 * @param runtime whose hash it carries
 * @param certificates what the processor's key is certified by, in PEM or DER
 */
public record AzureEvidence(Octets hardware, RuntimeData runtime, List<Octets> certificates) {
    public AzureEvidence {
        certificates = List.copyOf(certificates);
    }

    /**
     * From a whole HCL report.
     *
     * @param quote of TDX, whose HCL report has none; empty for SEV-SNP
     */
    public static Parsed<AzureEvidence> of(
            HclReport hcl, Optional<Octets> quote, List<Octets> certificates) {
        Optional<Octets> hardware = hcl.signedReport();
        if (hardware.isPresent() == quote.isPresent()) {
            return Parsed.bad(
                    new Fault(
                            "hardware report",
                            quote.isPresent() ? "two" : "none",
                            "that of the HCL report for SNP, a quote beside it for TDX"));
        }
        return Parsed.good(
                new AzureEvidence(
                        hardware.or(() -> quote).orElseThrow(), hcl.runtime(), certificates));
    }
}
