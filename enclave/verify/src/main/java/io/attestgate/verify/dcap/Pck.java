package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.x509.CertificatePath;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.P256;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The platform's certification key, and what its certificate says about the platform.
 *
 * @param path leaf, authority, root
 */
record Pck(CertificatePath path, PckExtension platform) {
    private static final String CLAUSE = "TDX DCAP Quoting Library API, A.3.9";
    private static final String SPECIFICATION = "SGX PCK Certificate and CRL Specification, 1.3";
    private static final int CHAIN_LENGTH = 3;

    /** Reads the chain in a quote's certification data, leaf or root first. */
    static Pck of(QuoteSignature signature) throws RefusedException {
        RefusedException.unless(
                signature.certificationType() == QuoteSignature.TYPE_PCK_CHAIN,
                Check.REPORT,
                "certification data of type " + signature.certificationType(),
                "type 5, a chain of certificates: no other names who vouches for the platform",
                CLAUSE);
        return switch (Certificates.parseAll(signature.certificationData().bytes())) {
            case Parsed.Bad<List<X509Certificate>> bad ->
                    throw new RefusedException(Refusal.of(Check.CERTIFICATE, bad, CLAUSE));
            case Parsed.Good<List<X509Certificate>> good -> of(good.value());
        };
    }

    private static Pck of(List<X509Certificate> chain) throws RefusedException {
        RefusedException.unless(
                chain.size() == CHAIN_LENGTH,
                Check.CERTIFICATE,
                chain.size() + " certificates",
                "3: PCK, its authority, root",
                CLAUSE);
        boolean leafFirst = CommonName.is(chain.getFirst(), CommonName.PCK);
        CertificatePath path = new CertificatePath(leafFirst ? chain : chain.reversed());
        RefusedException.unless(
                CommonName.is(path.leaf(), CommonName.PCK)
                        && P256.isP256(path.leaf().getPublicKey()),
                Check.CERTIFICATE,
                Certificates.name(path.leaf()),
                CommonName.PCK + ", on P-256",
                "QVL 4.1.2.4.3");
        return switch (PckExtension.parse(path.leaf())) {
            case Parsed.Bad<PckExtension> bad ->
                    throw new RefusedException(Refusal.of(Check.CERTIFICATE, bad, SPECIFICATION));
            case Parsed.Good<PckExtension> good -> new Pck(path, good.value());
        };
    }
}
