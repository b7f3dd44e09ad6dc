package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.x509.CertificatePath;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * From a key to AMD's root: ASK for VCEKs, ASVK for VLEKs, and the product's ARK (AMD 57230, 2).
 * All are in the collateral, in no order; what stands is looked for among what has the right names.
 */
final class Chain {
    private static final String CLAUSE = "AMD 57230, 2";
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";

    private final Vek vek;
    private final Question question;

    private Chain(Vek vek, Question question) {
        this.vek = vek;
        this.question = question;
    }

    /**
     * The key's chain stands now, under a pinned root, and its authority is not revoked.
     *
     * @return SHA-256 of that root
     */
    static Hash32 judge(Vek vek, Question question) throws RefusedException {
        Chain chain = new Chain(vek, question);
        CertificatePath path = chain.standing();
        question.expiry().at(path.expiry());
        chain.notRevoked(path);
        return path.rootHash();
    }

    /** The first path that stands; else why the one that went furthest does not. */
    private CertificatePath standing() throws RefusedException {
        List<Refusal> refusals = new ArrayList<>();
        for (CertificatePath path : paths()) {
            Optional<Refusal> refusal =
                    path.refusal(
                                    question.policy().roots(),
                                    question.collateral().links(),
                                    question.now())
                            .or(() -> algorithms(path));
            if (refusal.isEmpty()) {
                return path;
            }
            refusals.add(refusal.get());
        }
        throw new RefusedException(
                refusals.stream()
                        .max(Comparator.comparing(Refusal::check))
                        .orElseGet(
                                () ->
                                        new Refusal(
                                                Check.COLLATERAL,
                                                "no certificates of %s and %s"
                                                        .formatted(issuerName(), rootName()),
                                                "both in the collateral or after the report",
                                                CLAUSE)));
    }

    private List<CertificatePath> paths() {
        List<CertificatePath> paths = new ArrayList<>();
        Collateral collateral = question.collateral();
        for (X509Certificate issuer : collateral.of(vek.certificate().getIssuerX500Principal())) {
            for (X509Certificate root : collateral.of(issuer.getIssuerX500Principal())) {
                if (Certificates.hasCommonName(issuer, issuerName())
                        && Certificates.hasCommonName(root, rootName())) {
                    paths.add(new CertificatePath(List.of(vek.certificate(), issuer, root)));
                }
            }
        }
        return paths;
    }

    private String issuerName() {
        return vek.signer().issuerPrefix() + vek.product();
    }

    private String rootName() {
        return "ARK-" + vek.product();
    }

    private static Optional<Refusal> algorithms(CertificatePath path) {
        return isPss384(path.leaf()) && isPss384(path.issuer())
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Check.CERTIFICATE,
                                path.leaf().getSigAlgName() + ", " + path.issuer().getSigAlgName(),
                                "RSA-PSS with SHA-384",
                                CLAUSE));
    }

    private static boolean isPss384(X509Certificate certificate) {
        byte[] encoded = certificate.getSigAlgParams();
        if (!certificate.getSigAlgOID().equals(RSASSA_PSS) || encoded == null) {
            return false;
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(encoded);
            return parameters
                    .getParameterSpec(PSSParameterSpec.class)
                    .getDigestAlgorithm()
                    .equals("SHA-384");
        } catch (IOException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has RSASSA-PSS", e);
        }
    }

    /** ARK's list names authorities; keys are numbered 0, and no list is about them. */
    private void notRevoked(CertificatePath path) throws RefusedException {
        Optional<Crl> crl = question.collateral().crl(path.root(), question.now());
        if (crl.isEmpty()) {
            RefusedException.unless(
                    question.accepted().revocation() == Revocation.IF_PRESENT,
                    Check.COLLATERAL,
                    "no revocation list of " + Certificates.name(path.root()),
                    "one in the collateral, or a policy that says if-present",
                    "AMD 57230, 4.2");
            return;
        }
        RefusedException.ifPresent(crl.get().refusal(path.root(), path.issuer(), question.now()));
        question.expiry().at(crl.get().nextUpdate());
    }
}
