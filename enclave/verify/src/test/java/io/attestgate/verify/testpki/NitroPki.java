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
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Amazon's authorities for Nitro, played: root, region, zone and instance, on P-384, with the path
 * lengths and key usages of the real ones; those of region and zone say where their issuer's list
 * is, as the real ones do.
 *
 * @param region issued by the root
 * @param zone issued by the region's
 * @param instance issued by the zone's; issues what signs
 */
public record NitroPki(Key root, Key region, Key zone, Key instance) {
    private static final String SHA384 = "SHA384withECDSA";
    private static final AtomicLong SERIAL = new AtomicLong(1);

    /** A key and its certificate. */
    public record Key(KeyPair keys, X509Certificate certificate) {}

    /**
     * What a certificate is to be.
     *
     * @param pathLength how many authorities may be below it; -1 for none that signs certificates
     * @param usage bits of {@link KeyUsage}
     * @param curve of its key
     * @param algorithm of its issuer's signature
     */
    public record Profile(
            String name,
            Validity validity,
            int pathLength,
            int usage,
            String curve,
            String algorithm,
            boolean hasList) {

        /** An authority as Amazon's are. */
        public static Profile authority(String name, Validity validity, int pathLength) {
            return new Profile(
                    name,
                    validity,
                    pathLength,
                    KeyUsage.keyCertSign | KeyUsage.cRLSign,
                    "secp384r1",
                    SHA384,
                    pathLength > 0);
        }

        /** What signs documents. */
        public static Profile signer(String name, Validity validity) {
            return new Profile(
                    name,
                    validity,
                    -1,
                    KeyUsage.digitalSignature | KeyUsage.nonRepudiation,
                    "secp384r1",
                    SHA384,
                    false);
        }

        public Profile on(String otherCurve, String otherAlgorithm) {
            return new Profile(
                    name, validity, pathLength, usage, otherCurve, otherAlgorithm, hasList);
        }

        public Profile with(int otherPathLength, int otherUsage) {
            return new Profile(
                    name, validity, otherPathLength, otherUsage, curve, algorithm, hasList);
        }
    }

    /** Authorities that hold from a day before {@code now} to ten days after. */
    public static NitroPki at(Instant now) {
        return at(now, "aws.nitro-enclaves");
    }

    /** The same below a root of that name. */
    public static NitroPki at(Instant now, String rootName) {
        Validity validity = validity(now.minus(Duration.ofDays(1)), Duration.ofDays(11));
        Key root = root(Profile.authority(rootName, validity, 9));
        Key region = issue(root, Profile.authority("1.us-east-1.aws.nitro-enclaves", validity, 2));
        Key zone =
                issue(
                        region,
                        Profile.authority("2.zonal.us-east-1.aws.nitro-enclaves", validity, 1));
        Key instance = issue(zone, Profile.authority("i-1.us-east-1.aws", validity, 0));
        return new NitroPki(root, region, zone, instance);
    }

    /** How the root is pinned. */
    public Hash32 rootHash() {
        return Certificates.sha256(root.certificate());
    }

    /** A key that signs documents for three hours from then. */
    public Key signer(Instant from) {
        return issue(
                instance,
                Profile.signer("i-1-enc1.us-east-1.aws", validity(from, Duration.ofHours(3))));
    }

    public static Validity validity(Instant from, Duration length) {
        return new Validity(from, from.plus(length));
    }

    /** A root that signs itself. */
    public static Key root(Profile profile) {
        KeyPair keys = newKeys(profile.curve());
        X500Name name = name(profile.name());
        return new Key(keys, certificate(name, keys, keys, profile));
    }

    /** A certificate for a new key. */
    public static Key issue(Key issuer, Profile profile) {
        KeyPair keys = newKeys(profile.curve());
        X500Name name =
                X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
        return new Key(keys, certificate(name, issuer.keys(), keys, profile));
    }

    /** An authority's revocation list in DER. */
    public static byte[] crl(Key issuer, Validity time, List<X509Certificate> revoked) {
        try {
            JcaX509v2CRLBuilder builder =
                    new JcaX509v2CRLBuilder(
                            issuer.certificate().getSubjectX500Principal(), Date.from(time.from()));
            builder.setNextUpdate(Date.from(time.until()));
            for (X509Certificate one : revoked) {
                builder.addCRLEntry(
                        one.getSerialNumber(), Date.from(time.from()), CRLReason.keyCompromise);
            }
            return builder.build(signer(SHA384, issuer.keys())).getEncoded();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate certificate(
            X500Name issuer, KeyPair issuerKeys, KeyPair keys, Profile profile) {
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            BigInteger.valueOf(SERIAL.getAndIncrement()),
                            Date.from(profile.validity().from()),
                            Date.from(profile.validity().until()),
                            name(profile.name()),
                            keys.getPublic());
            builder.addExtension(
                    Extension.basicConstraints,
                    true,
                    profile.pathLength() < 0
                            ? new BasicConstraints(false)
                            : new BasicConstraints(profile.pathLength()));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(profile.usage()));
            if (profile.hasList()) {
                builder.addExtension(Extension.cRLDistributionPoints, false, list());
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(signer(profile.algorithm(), issuerKeys)));
        } catch (CertIOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static CRLDistPoint list() {
        GeneralName address =
                new GeneralName(GeneralName.uniformResourceIdentifier, "http://crl.example/1.crl");
        return new CRLDistPoint(
                new DistributionPoint[] {
                    new DistributionPoint(
                            new DistributionPointName(new GeneralNames(address)), null, null)
                });
    }

    private static X500Name name(String commonName) {
        return new X500Name("CN=" + commonName + ",OU=AWS,O=Attestgate test,C=US");
    }

    private static KeyPair newKeys(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static ContentSigner signer(String algorithm, KeyPair keys) {
        try {
            return new JcaContentSignerBuilder(algorithm).build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
