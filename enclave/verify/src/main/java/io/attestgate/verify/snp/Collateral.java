package io.attestgate.verify.snp;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.Holding;
import io.attestgate.verify.x509.Crl;
import io.attestgate.verify.x509.Links;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * What AMD publishes about its processors, as somebody brought it: certificates and revocation
 * lists of any products and dates. Read, and believed in nothing; each is verified when a report
 * needs it.
 *
 * <p>Keep one for as long as it holds: what verified once is remembered. Any thread.
 */
public final class Collateral {
    private final List<X509Certificate> certificates;
    private final List<Vek> veks;
    private final List<Crl> crls;
    private final Links links;

    Collateral(List<X509Certificate> certificates, List<Crl> crls) {
        this(certificates, crls, new Links());
    }

    private Collateral(List<X509Certificate> certificates, List<Crl> crls, Links links) {
        this.certificates = List.copyOf(new LinkedHashSet<>(certificates));
        this.veks = this.certificates.stream().flatMap(Vek::read).toList();
        this.crls = List.copyOf(crls);
        this.links = links;
    }

    /**
     * Reads every file that has one of the known forms (docs/evidence-snp.md, collateral), and
     * passes over others; a file of a known form that is broken is a fault.
     */
    public static Parsed<Collateral> parse(Bundle bundle) {
        return new CollateralReader().read(bundle);
    }

    /** Everything that is in it. */
    public List<Holding> holdings() {
        return Stream.concat(crls.stream().map(Holding::of), certificates.stream().map(Holding::of))
                .toList();
    }

    /** This and what a report carried with it. */
    Collateral with(Collateral carried) {
        if (carried.certificates.isEmpty() && carried.crls.isEmpty()) {
            return this;
        }
        List<X509Certificate> allCertificates = new ArrayList<>(certificates);
        allCertificates.addAll(carried.certificates);
        List<Crl> allCrls = new ArrayList<>(crls);
        allCrls.addAll(carried.crls);
        return new Collateral(allCertificates, allCrls, links);
    }

    /** What verified before. */
    Links links() {
        return links;
    }

    List<X509Certificate> certificates() {
        return certificates;
    }

    /** The certificates of keys that sign reports. */
    List<Vek> veks() {
        return veks;
    }

    /** Those of that subject. */
    List<X509Certificate> of(X500Principal subject) {
        return certificates.stream()
                .filter(one -> one.getSubjectX500Principal().equals(subject))
                .toList();
    }

    /** The newest revocation list of that issuer; if all are of the future, the oldest. */
    Optional<Crl> crl(X509Certificate issuer, Instant now) {
        return Crl.newest(crls, issuer, now);
    }
}
