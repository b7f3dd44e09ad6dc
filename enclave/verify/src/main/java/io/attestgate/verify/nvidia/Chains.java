package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.x509.CertificatePath;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.P384;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/** The two chains that NVIDIA signs with: of devices, and of manifests. */
final class Chains {
    private static final int DEVICE_CERTIFICATES = 5;
    private static final String ECDSA_SHA384 = "1.2.840.10045.4.3.3";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final String CLAUSE = "docs/evidence-nvidia.md, chains";

    private Chains() {}

    /**
     * A device's five certificates stand now: the report's key, the device's, the provisioner's,
     * the product's and the root. The first two are the device's own doing; revocation is answered
     * from the second on.
     */
    static Device device(List<X509Certificate> chain, Question question) throws RefusedException {
        RefusedException.unless(
                chain.size() == DEVICE_CERTIFICATES,
                Check.CERTIFICATE,
                chain.size() + " certificates",
                "5: of the report's key, the device, its provisioner, its product, the root",
                CLAUSE);
        stands(chain, question.accepted().deviceRoots(), question);
        for (int i = 1; i < chain.size() - 1; i++) {
            RefusedException.unless(
                    !Revocations.isOnHold(question, chain.get(i), chain.get(i + 1)),
                    Check.REVOKED,
                    Certificates.name(chain.get(i)) + ", on hold",
                    "a device that NVIDIA stands by",
                    CLAUSE);
        }
        return switch (LeafExtensions.parse(chain.getFirst())) {
            case Parsed.Bad<LeafExtensions> bad ->
                    throw new RefusedException(Refusal.of(Check.CERTIFICATE, bad, CLAUSE));
            case Parsed.Good<LeafExtensions> good -> new Device(chain, good.value());
        };
    }

    /**
     * A manifest's chain stands now.
     *
     * @return whether a certificate of it is on hold
     */
    static boolean isManifestOnHold(List<X509Certificate> chain, Question question)
            throws RefusedException {
        stands(chain, question.accepted().rimRoots(), question);
        boolean hold = false;
        for (int i = 0; i < chain.size() - 1; i++) {
            hold |= Revocations.isOnHold(question, chain.get(i), chain.get(i + 1));
        }
        return hold;
    }

    /** An OCSP responder's certificate is of the same authorities, and signs neither. */
    private static boolean isForSigning(X509Certificate leaf) {
        boolean[] usage = leaf.getKeyUsage();
        return usage != null
                && usage[DIGITAL_SIGNATURE]
                && leaf.getExtensionValue(EXTENDED_KEY_USAGE) == null;
    }

    private static void stands(List<X509Certificate> chain, Set<Hash32> roots, Question question)
            throws RefusedException {
        CertificatePath path = new CertificatePath(chain);
        RefusedException.ifPresent(
                path.refusal(question.roots(roots), question.collateral().links(), question.now()));
        for (X509Certificate one : chain) {
            RefusedException.unless(
                    P384.isP384(one.getPublicKey()) && one.getSigAlgOID().equals(ECDSA_SHA384),
                    Check.CERTIFICATE,
                    "%s: %s, signed with %s"
                            .formatted(
                                    Certificates.name(one),
                                    one.getPublicKey().getAlgorithm(),
                                    one.getSigAlgName()),
                    "ECDSA on P-384 with SHA-384",
                    CLAUSE);
        }
        RefusedException.unless(
                isForSigning(chain.getFirst()),
                Check.CERTIFICATE,
                Certificates.name(chain.getFirst()) + ", for another purpose",
                "one for signatures, and for no purpose beyond",
                "RFC 5280 §4.2.1.3, §4.2.1.12");
        question.expiry().at(path.expiry());
    }
}
