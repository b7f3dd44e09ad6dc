package io.attestgate.verify.nvidia;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * One device's evidence.
 *
 * @param chain the report's key first, the root last; empty if it is in the collateral
 */
public record GpuEvidence(Report report, List<X509Certificate> chain) {
    public GpuEvidence {
        chain = List.copyOf(chain);
    }
}
