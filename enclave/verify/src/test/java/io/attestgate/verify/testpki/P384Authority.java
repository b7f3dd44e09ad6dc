package io.attestgate.verify.testpki;

import io.attestgate.verify.testpki.TestAuthority.Validity;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key on P-384 with its certificate, which issues others with ECDSA and SHA-384.
 *
 * @param keys the key pair
 * @param certificate for it
 */
public record P384Authority(KeyPair keys, X509Certificate certificate) {
    private static final String ALGORITHM = "SHA384withECDSA";

    /** An extension by its number. */
    public record Added(String oid, boolean isCritical, ASN1Encodable value) {}

    /** Whom a certificate is for: a name, a serial number, a time, and whether it issues others. */
    public record Subject(String name, BigInteger serial, Validity validity, boolean isAuthority) {}

    /** A root that signs itself. */
    public static P384Authority root(String name, Validity validity) {
        KeyPair keys = SnpPki.p384();
        X500Name subject = new X500Name(name);
        return new P384Authority(
                keys,
                certificate(
                        subject,
                        keys,
                        keys,
                        new Subject(name, BigInteger.ONE, validity, true),
                        List.of()));
    }

    /** A certificate of this authority's, for a new key. */
    public P384Authority issue(Subject subject, Added... added) {
        return issue(SnpPki.p384(), subject, added);
    }

    /** A certificate of this authority's, for that key. */
    public P384Authority issue(KeyPair issued, Subject subject, Added... added) {
        X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return new P384Authority(
                issued, certificate(issuer, keys, issued, subject, List.of(added)));
    }

    /** How it is pinned. */
    public Hash32 hash() {
        return Certificates.sha256(certificate);
    }

    private static X509Certificate certificate(
            X500Name issuer, KeyPair issuerKeys, KeyPair keys, Subject subject, List<Added> added) {
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            subject.serial(),
                            Date.from(subject.validity().from()),
                            Date.from(subject.validity().until()),
                            new X500Name(subject.name()),
                            keys.getPublic());
            if (subject.isAuthority()) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            subject.isAuthority()
                                    ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                                    : KeyUsage.digitalSignature));
            for (Added one : added) {
                builder.addExtension(
                        new ASN1ObjectIdentifier(one.oid()), one.isCritical(), one.value());
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(signer(issuerKeys)));
        } catch (CertIOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static ContentSigner signer(KeyPair keys) {
        try {
            return new JcaContentSignerBuilder(ALGORITHM).build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
