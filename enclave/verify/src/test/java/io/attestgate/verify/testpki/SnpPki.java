package io.attestgate.verify.testpki;

import io.attestgate.verify.testpki.TestAuthority.Validity;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * AMD's authorities for one product, played: ARK, ASK for chips' keys, ASVK for loaded ones, in the
 * names, numbers and algorithms of the real ones; only their RSA keys are shorter, to be made
 * quickly.
 *
 * @param product Milan, Genoa or Turin
 * @param ark the root
 * @param ask issues VCEKs
 * @param asvk issues VLEKs
 * @param validity of every certificate
 */
public record SnpPki(
        String product,
        X509Certificate ark,
        X509Certificate ask,
        X509Certificate asvk,
        Validity validity) {
    public static final String TURIN = "Turin";

    private static final String OID = "1.3.6.1.4.1.3704.1.";
    private static final String PSS = "SHA384withRSAandMGF1";
    private static final int RSA_BITS = 2048;
    private static final KeyPair ARK_KEYS = rsa();
    private static final KeyPair ASK_KEYS = rsa();
    private static final KeyPair ASVK_KEYS = rsa();
    private static final int[] LAYOUT = {1, 2, 4, 5, 6, 7, 3, 8};
    private static final int[] LAYOUT_TURIN = {9, 1, 2, 3, 5, 6, 7, 8};

    /** A key that signs reports, and its certificate. */
    public record Vek(KeyPair keys, X509Certificate certificate) {}

    /** Everything valid from a day before {@code now} to a year after. */
    public static SnpPki at(String product, Instant now) {
        return of(
                product,
                new Validity(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(365))));
    }

    /** Everything valid in that time. */
    public static SnpPki of(String product, Validity validity) {
        X500Name ark = name("ARK-" + product);
        return new SnpPki(
                product,
                authority(ark, ark, 0x10000, ARK_KEYS, validity),
                authority(ark, name("SEV-" + product), 0x10001, ASK_KEYS, validity),
                authority(ark, name("SEV-VLEK-" + product), 0x10101, ASVK_KEYS, validity),
                validity);
    }

    /** How the root is pinned. */
    public Hash32 rootHash() {
        return Certificates.sha256(ark);
    }

    /** A chip's key for that TCB, as its eight bytes stand in a report. */
    public Vek vcek(byte[] tcb, byte[] hardwareId) {
        return vek("SEV-VCEK", product + "-B0", PSS, tcb, OID + 4, hardwareId);
    }

    /** A provider's key for that TCB. */
    public Vek vlek(byte[] tcb, String providerId) {
        return vek("SEV-VLEK", product, PSS, tcb, OID + 5, ia5(providerId));
    }

    /** A chip's key that its authority signed in another way than AMD does. */
    public Vek vcekSignedBy(String algorithm, byte[] tcb, byte[] hardwareId) {
        return vek("SEV-VCEK", product, algorithm, tcb, OID + 4, hardwareId);
    }

    /** ARK's revocation list in DER. */
    public byte[] crl(Validity time, List<X509Certificate> revoked) {
        try {
            JcaX509v2CRLBuilder builder =
                    new JcaX509v2CRLBuilder(ark.getSubjectX500Principal(), Date.from(time.from()));
            builder.setNextUpdate(Date.from(time.until()));
            for (X509Certificate one : revoked) {
                builder.addCRLEntry(
                        one.getSerialNumber(), Date.from(time.from()), CRLReason.keyCompromise);
            }
            return builder.build(signer(PSS, ARK_KEYS)).getEncoded();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Certificates in PEM, as AMD's service answers with a chain. */
    public static byte[] pem(X509Certificate... certificates) {
        return DcapPki.pem(List.of(certificates));
    }

    /** A key pair on P-384. */
    public static KeyPair p384() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp384r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Vek vek(
            String commonName,
            String productName,
            String algorithm,
            byte[] tcb,
            String idOid,
            byte[] id) {
        boolean turin = product.equals(TURIN);
        KeyPair keys = p384();
        boolean loaded = commonName.equals("SEV-VLEK");
        try {
            JcaX509v3CertificateBuilder builder =
                    builder(
                            subject(loaded ? asvk : ask),
                            name(commonName),
                            BigInteger.ZERO,
                            keys,
                            validity);
            add(builder, OID + 1, new ASN1Integer(turin ? 1 : 0).getEncoded());
            add(builder, OID + 2, ia5(productName));
            int[] layout = turin ? LAYOUT_TURIN : LAYOUT;
            for (int i = 0; i < layout.length; i++) {
                add(
                        builder,
                        OID + "3." + layout[i],
                        new ASN1Integer(Byte.toUnsignedInt(tcb[i])).getEncoded());
            }
            add(builder, idOid, id);
            ContentSigner signer = signer(algorithm, loaded ? ASVK_KEYS : ASK_KEYS);
            return new Vek(
                    keys, new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
        } catch (java.io.IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void add(JcaX509v3CertificateBuilder builder, String oid, byte[] value)
            throws java.io.IOException {
        builder.addExtension(new ASN1ObjectIdentifier(oid), false, value);
    }

    private static byte[] ia5(String text) {
        try {
            return new DERIA5String(text).getEncoded();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate authority(
            X500Name issuer, X500Name subject, int serial, KeyPair keys, Validity validity) {
        try {
            JcaX509v3CertificateBuilder builder =
                    builder(issuer, subject, BigInteger.valueOf(serial), keys, validity);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(1));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(signer(PSS, ARK_KEYS)));
        } catch (java.io.IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, BigInteger serial, KeyPair keys, Validity validity) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                serial,
                Date.from(validity.from()),
                Date.from(validity.until()),
                subject,
                keys.getPublic());
    }

    private static X500Name subject(X509Certificate certificate) {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X500Name name(String commonName) {
        return new X500Name("OU=Engineering,C=US,O=Attestgate test,CN=" + commonName);
    }

    private static ContentSigner signer(String algorithm, KeyPair keys) {
        try {
            return new JcaContentSignerBuilder(algorithm)
                    .setProvider(new BouncyCastleProvider())
                    .build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
