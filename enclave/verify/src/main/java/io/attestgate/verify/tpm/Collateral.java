package io.attestgate.verify.tpm;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.CertificateFiles;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import io.attestgate.verify.x509.Links;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What vendors of TPMs publish, as somebody brought it: certificates of issuers and revocation
 * lists of any dates. Read, and believed in nothing.
 *
 * <p>Keep one for as long as it holds: what verified once is remembered. Any thread.
 */
public final class Collateral {
    private final Bundle bundle;
    private final List<X509Certificate> certificates;
    private final List<Crl> crls;
    private final Links links = new Links();

    private Collateral(Bundle bundle, CertificateFiles files) {
        this.bundle = bundle;
        this.certificates = files.certificates();
        this.crls = files.crls();
    }

    /**
     * Reads every file in PEM or DER, and passes over others and over the parts of bare quotes
     * (docs/evidence-tpm.md, bare quotes); a broken file is a fault.
     */
    public static Parsed<Collateral> parse(Bundle bundle) {
        Bundle rest = bundle.without(Companions.of(bundle).names());
        CertificateFiles files = new CertificateFiles();
        Optional<Fault> fault =
                rest.readEach(
                        bytes -> {
                            if (CertificateFiles.isLike(bytes)) {
                                files.read(bytes);
                            }
                        });
        return fault.map(Parsed::<Collateral>bad)
                .orElseGet(() -> Parsed.good(new Collateral(rest, files)));
    }

    /**
     * What was brought, for the kind of a nested report; with certificates that came with it. The
     * attester brings certificates and nothing else: documents and lists, of which an older one may
     * speak for him, are the reader's to bring.
     */
    Parsed<Bundle> bundleWith(List<Octets> carried) {
        Bundle all = bundle;
        for (int i = 0; i < carried.size(); i++) {
            if (Certificates.parseAll(carried.get(i).bytes())
                    instanceof Parsed.Bad<List<X509Certificate>> bad) {
                return new Parsed.Bad<>(bad.faults());
            }
            switch (all.and(Bundle.of("evidence/" + i, carried.get(i).bytes()))) {
                case Parsed.Good<Bundle> good -> all = good.value();
                case Parsed.Bad<Bundle> bad -> {
                    return bad;
                }
            }
        }
        return Parsed.good(all);
    }

    /** Those of that subject, first of these and then of what was brought. */
    List<X509Certificate> issuersOf(X509Certificate certificate, List<X509Certificate> carried) {
        return Stream.concat(carried.stream(), certificates.stream())
                .filter(
                        one ->
                                one.getSubjectX500Principal()
                                        .equals(certificate.getIssuerX500Principal()))
                .distinct()
                .toList();
    }

    Optional<Crl> crl(X509Certificate issuer, Instant now) {
        return Crl.newest(crls, issuer, now);
    }

    Links links() {
        return links;
    }

    /** Certificates that came with evidence, in DER. */
    static List<X509Certificate> read(List<Octets> ders) throws MalformedException {
        CertificateFiles files = new CertificateFiles();
        for (Octets der : ders) {
            files.read(der.bytes());
        }
        return files.certificates();
    }
}
