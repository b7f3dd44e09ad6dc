package io.attestgate.verify.nvidia;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.x509.Links;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What NVIDIA publishes about its GPUs, as somebody brought it: manifests and OCSP answers of any
 * device and date, and devices' chains where evidence has none. Read, and believed in nothing; each
 * is verified when a report needs it.
 *
 * <p>Keep one for as long as it holds: what verified once is remembered. Any thread.
 */
public final class Collateral {
    private final List<Rim> rims;
    private final List<OcspAnswer> answers;
    private final List<List<X509Certificate>> chains;
    private final Links links = new Links();

    Collateral(List<Rim> rims, List<OcspAnswer> answers, List<List<X509Certificate>> chains) {
        this.rims = List.copyOf(new LinkedHashSet<>(rims));
        this.answers = List.copyOf(answers);
        this.chains = List.copyOf(chains);
    }

    /**
     * Reads every file that has one of the known forms (docs/evidence-nvidia.md, collateral), and
     * passes over others; a file of a known form that is broken is a fault.
     */
    public static Parsed<Collateral> parse(Bundle bundle) {
        return new CollateralReader().read(bundle);
    }

    List<Rim> rims() {
        return rims;
    }

    List<OcspAnswer> answers() {
        return answers;
    }

    /** Certificates by file, in the file's order. */
    List<List<X509Certificate>> chains() {
        return chains;
    }

    /** What verified before. */
    Links links() {
        return links;
    }
}
