package io.attestgate.collateral.amd;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.snp.Signer;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.x509.CertificateFiles;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who vouches for a product's keys: the root, and the authority that it issued for one kind of key.
 */
record Authorities(X509Certificate issuer, X509Certificate root) {

    /** Reads a chain in PEM or DER, in any order: a root, and one that it signed. */
    static Parsed<Authorities> parse(byte[] chain, Signer signer, SnpProduct product) {
        CertificateFiles files = new CertificateFiles();
        try {
            files.read(chain);
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
        return of(files.certificates(), signer.issuerPrefix() + product, "ARK-" + product);
    }

    private static Parsed<Authorities> of(
            List<X509Certificate> chain, String issuerName, String rootName) {
        for (X509Certificate root : named(chain, rootName)) {
            Optional<X509Certificate> issuer =
                    named(chain, issuerName).stream()
                            .filter(one -> Certificates.isIssuedBy(one, root))
                            .findFirst();
            if (issuer.isPresent() && chain.size() == 2) {
                return Parsed.good(new Authorities(issuer.get(), root));
            }
        }
        return Parsed.bad(
                new Fault(
                        "answer",
                        chain.size() + " certificates",
                        "%s, signed by %s, and that".formatted(issuerName, rootName)));
    }

    private static List<X509Certificate> named(List<X509Certificate> chain, String name) {
        return chain.stream().filter(one -> Certificates.hasCommonName(one, name)).toList();
    }

    /** Whether the root is one of those. */
    boolean isBelow(Set<Hash32> roots) {
        return roots.contains(Certificates.sha256(root));
    }

    Instant issued() {
        return issuer.getNotBefore().toInstant();
    }

    Instant ends() {
        return Stream.of(issuer, root)
                .map(one -> one.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
