package io.attestgate.verify.x509;

import java.io.IOException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.cert.X509Extension;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;

/**
 * Of which certificates a revocation list speaks. The platform reads both extensions that narrow it
 * and acts on neither: a list of changes, or of another part of an authority's certificates, clears
 * nobody.
 */
final class CrlScope {
    private static final String DELTA = "2.5.29.27";
    private static final String ISSUING_POINT = "2.5.29.28";
    private static final String POINTS = "2.5.29.31";

    private CrlScope() {}

    /** Whether a certificate that is not on that list of its issuer's is therefore not revoked. */
    static boolean covers(X509CRL crl, X509Certificate certificate) {
        if (crl.getExtensionValue(DELTA) != null) {
            return false; // RFC 5280 §5.2.4: what changed since another list.
        }
        try {
            Optional<ASN1Primitive> scope = extension(crl, ISSUING_POINT);
            return scope.isEmpty()
                    || covers(IssuingDistributionPoint.getInstance(scope.get()), certificate);
        } catch (IOException | RuntimeException e) {
            return false; // BouncyCastle throws what it likes for what is none.
        }
    }

    /** RFC 5280 §5.2.5, §6.3.3 (b) (2): whole, and of the part that the certificate names. */
    private static boolean covers(IssuingDistributionPoint scope, X509Certificate certificate)
            throws IOException {
        if (scope.onlyContainsUserCerts()
                || scope.onlyContainsCACerts()
                || scope.onlyContainsAttributeCerts()
                || scope.isIndirectCRL()
                || scope.getOnlySomeReasons() != null) {
            return false;
        }
        Set<GeneralName> named = new HashSet<>();
        Optional<ASN1Primitive> points = extension(certificate, POINTS);
        if (points.isPresent()) {
            for (DistributionPoint one :
                    CRLDistPoint.getInstance(points.get()).getDistributionPoints()) {
                named.addAll(names(one.getDistributionPoint()));
            }
        }
        Set<GeneralName> own = names(scope.getDistributionPoint());
        return own.isEmpty() || named.isEmpty() || own.stream().anyMatch(named::contains);
    }

    private static Set<GeneralName> names(@Nullable DistributionPointName point) {
        return point != null && point.getType() == DistributionPointName.FULL_NAME
                ? new HashSet<>(List.of(GeneralNames.getInstance(point.getName()).getNames()))
                : Set.of();
    }

    private static Optional<ASN1Primitive> extension(X509Extension of, String oid)
            throws IOException {
        byte[] value = of.getExtensionValue(oid);
        return value == null
                ? Optional.empty()
                : Optional.of(
                        ASN1Primitive.fromByteArray(
                                ASN1OctetString.getInstance(value).getOctets()));
    }
}
