package io.attestgate.verify.testpki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key on P-256 with its certificate, which issues others and revokes them.
 *
 * @param keys the key pair
 * @param certificate for it
 */
public record TestAuthority(KeyPair keys, X509Certificate certificate) {
    private static final AtomicLong SERIAL = new AtomicLong(1);

    /** The time in which a certificate holds. */
    public record Validity(Instant from, Instant until) {}

    /** What a certificate may do: issue others, or sign. */
    public enum Role {
        AUTHORITY,
        SIGNER
    }

    /** A root that signs itself. */
    public static TestAuthority root(String commonName, Validity validity) {
        KeyPair keys = newKeys();
        X500Name name = name(commonName);
        return new TestAuthority(
                keys,
                certificate(name, name, keys, keys, validity, Role.AUTHORITY, Optional.empty()));
    }

    /** A certificate of this authority's, for a new key. */
    public TestAuthority issue(String commonName, Validity validity, Role role) {
        return issue(commonName, validity, role, Optional.empty());
    }

    /** The same with an extension. */
    public TestAuthority issue(
            String commonName, Validity validity, Role role, Optional<TestExtension> extension) {
        KeyPair issued = newKeys();
        X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return new TestAuthority(
                issued,
                certificate(issuer, name(commonName), keys, issued, validity, role, extension));
    }

    /** That signer with the key that it has and another certificate, issued by this authority. */
    public TestAuthority renew(TestAuthority signer, String commonName, Validity validity) {
        X500Name issuer = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
        return new TestAuthority(
                signer.keys,
                certificate(
                        issuer,
                        name(commonName),
                        keys,
                        signer.keys,
                        validity,
                        Role.SIGNER,
                        Optional.empty()));
    }

    /** An extension that is not critical. */
    public record TestExtension(String oid, ASN1Encodable value) {}

    /** The revocation list, in DER, with those certificates on it. */
    public byte[] crl(Validity validity, List<X509Certificate> revoked) {
        return crl(validity, revoked, Optional.empty());
    }

    /** The same with a critical extension. */
    public byte[] crl(
            Validity validity, List<X509Certificate> revoked, Optional<TestExtension> extension) {
        try {
            JcaX509v2CRLBuilder builder =
                    new JcaX509v2CRLBuilder(
                            certificate.getSubjectX500Principal(), Date.from(validity.from()));
            builder.setNextUpdate(Date.from(validity.until()));
            for (X509Certificate one : revoked) {
                builder.addCRLEntry(
                        one.getSerialNumber(), Date.from(validity.from()), CRLReason.keyCompromise);
            }
            if (extension.isPresent()) {
                builder.addExtension(
                        new ASN1ObjectIdentifier(extension.get().oid()),
                        true,
                        extension.get().value());
            }
            return builder.build(signer(keys)).getEncoded();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /** ECDSA with SHA-256 over the message, as {@code r || s}. */
    public byte[] sign(byte[] message) {
        return sign(keys.getPrivate(), message);
    }

    /** ECDSA with SHA-256 over the message, as {@code r || s}. */
    public static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A new key pair on P-256. */
    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X500Name name(String commonName) {
        return new X500Name("CN=" + commonName + ",O=Attestgate test,C=US");
    }

    private static X509Certificate certificate(
            X500Name issuer,
            X500Name subject,
            KeyPair issuerKeys,
            KeyPair keys,
            Validity validity,
            Role role,
            Optional<TestExtension> extension) {
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            BigInteger.valueOf(SERIAL.getAndIncrement()),
                            Date.from(validity.from()),
                            Date.from(validity.until()),
                            subject,
                            keys.getPublic());
            boolean authority = role == Role.AUTHORITY;
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(
                            authority
                                    ? KeyUsage.keyCertSign | KeyUsage.cRLSign
                                    : KeyUsage.digitalSignature));
            if (extension.isPresent()) {
                builder.addExtension(
                        new ASN1ObjectIdentifier(extension.get().oid()),
                        false,
                        extension.get().value());
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(signer(issuerKeys)));
        } catch (CertIOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static ContentSigner signer(KeyPair keys) {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
