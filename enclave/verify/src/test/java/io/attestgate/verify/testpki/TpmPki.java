package io.attestgate.verify.testpki;

import io.attestgate.verify.testpki.TestAuthority.Role;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A vendor of TPMs, played: a root, an issuer below it, and certificates for keys in TPMs.
 *
 * @param validity of every certificate
 */
public record TpmPki(TestAuthority root, TestAuthority issuer, Validity validity) {
    public static final String EK = "2.23.133.8.1";
    public static final String AK = "2.23.133.8.3";

    /** In which Google's certificates say of which machine the TPM is. */
    private static final String INSTANCE = "1.3.6.1.4.1.11129.2.1.21";

    private static final AtomicLong SERIAL = new AtomicLong(1_000_000);

    /** What a certificate lets its key do. */
    public enum Use {
        SIGN(KeyUsage.digitalSignature),
        ENCRYPT(KeyUsage.keyEncipherment),
        SIGN_AND_ENCRYPT(KeyUsage.digitalSignature | KeyUsage.keyEncipherment),
        AGREE(KeyUsage.keyAgreement);

        private final int usage;

        Use(int usage) {
            this.usage = usage;
        }
    }

    /** Everything valid from a day before {@code now} to a year after. */
    public static TpmPki at(Instant now) {
        Validity validity =
                new Validity(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(365)));
        TestAuthority root = TestAuthority.root("Test TPM Root", validity);
        return new TpmPki(root, root.issue("Test TPM Issuer", validity, Role.AUTHORITY), validity);
    }

    /** How the root is pinned. */
    public Hash32 rootHash() {
        return Certificates.sha256(root.certificate());
    }

    /** A certificate of the issuer's, in DER. */
    public byte[] certify(PublicKey key, Use use, String... purposes) {
        return Certificates.der(certificate(key, use, validity, purposes));
    }

    /** As Google certifies keys in its machines' TPMs. */
    public byte[] certifyAsGoogle(PublicKey key, Use use, String... purposes) {
        return Certificates.der(certificate(key, use, validity, true, purposes));
    }

    /** One of the issuer's, valid in that time. */
    public X509Certificate certificate(PublicKey key, Use use, Validity time, String... purposes) {
        return certificate(key, use, time, false, purposes);
    }

    private X509Certificate certificate(
            PublicKey key, Use use, Validity time, boolean ofInstance, String... purposes) {
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            issuer.certificate(),
                            BigInteger.valueOf(SERIAL.getAndIncrement()),
                            Date.from(time.from()),
                            Date.from(time.until()),
                            new javax.security.auth.x500.X500Principal("CN=Test TPM"),
                            key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(use.usage));
            if (ofInstance) {
                builder.addExtension(
                        new ASN1ObjectIdentifier(INSTANCE), false, new DERUTF8String("machine"));
            }
            if (purposes.length > 0) {
                KeyPurposeId[] ids = new KeyPurposeId[purposes.length];
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purposes[i]));
                }
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(ids));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(issuer.keys().getPrivate())));
        } catch (CertIOException | GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
