package io.attestgate.proxy.pipeline;

import io.attestgate.proxy.tls.TlsIdentity;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority of the tests, made anew each time. */
public final class TestAuthority {
    private final KeyPair keys = keyPair();
    private final X509Certificate root = certificate("test authority", keys, true);

    /** Its root. */
    public X509Certificate root() {
        return root;
    }

    /** A new key, certified for {@code name}. */
    public TlsIdentity identity(String name) {
        KeyPair leaf = keyPair();
        Hash32 spki = Hash32.of(Digests.sha256(leaf.getPublic().getEncoded()));
        return new TlsIdentity(List.of(certificate(name, leaf, false)), leaf.getPrivate(), spki);
    }

    /** A client that trusts it and nobody else. */
    public SSLContext trusting() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry("root", root);
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate certificate(String name, KeyPair subject, boolean isRoot) {
        Instant now = Instant.now();
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name("CN=test authority"),
                        BigInteger.valueOf(System.nanoTime()),
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(Duration.ofHours(1))),
                        new X500Name("CN=" + name),
                        subject.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isRoot));
            if (!isRoot) {
                GeneralName dns = new GeneralName(GeneralName.dNSName, name);
                builder.addExtension(
                        Extension.subjectAlternativeName, false, new GeneralNames(dns));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(keys.getPrivate())));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
