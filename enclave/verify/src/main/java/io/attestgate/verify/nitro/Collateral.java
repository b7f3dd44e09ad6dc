package io.attestgate.verify.nitro;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.x509.CertificateFiles;
import io.attestgate.verify.x509.Crl;
import io.attestgate.verify.x509.Links;
import io.attestgate.wire.Parsed;
import java.util.List;

/**
 * Revocation lists of Amazon's authorities, as somebody brought them; documents bring everything
 * else along. Read, and believed in nothing.
 *
 * <p>Keep one for as long as it holds: what verified once is remembered. Any thread.
 */
public final class Collateral {
    private final List<Crl> crls;
    private final Links links = new Links();

    private Collateral(List<Crl> crls) {
        this.crls = List.copyOf(crls);
    }

    /** Without any list. */
    public static Collateral none() {
        return new Collateral(List.of());
    }

    /**
     * Reads the revocation lists in every file of DER or PEM, and passes over other files; one that
     * is broken is a fault.
     */
    public static Parsed<Collateral> parse(Bundle bundle) {
        CertificateFiles x509 = new CertificateFiles();
        return bundle.readEach(
                        file -> {
                            if (CertificateFiles.isLike(file)) {
                                x509.read(file);
                            }
                        })
                .map(Parsed::<Collateral>bad)
                .orElseGet(() -> Parsed.good(new Collateral(x509.crls())));
    }

    List<Crl> crls() {
        return crls;
    }

    /** What verified before. */
    Links links() {
        return links;
    }
}
