package io.attestgate.peer;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
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
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A self-signed certificate for {@code localhost} and {@code 127.0.0.1}, good for all time, for a
 * peer that wants files.
 *
 * @param certificatePem file of the certificate
 * @param keyPem file of its EC P-256 key
 */
public record LoopbackCertificate(
        X509Certificate certificate, Path certificatePem, Path keyPem, String pem) {
    /** What a server on loopback shows, under a new key each time. */
    public static SSLContext newServer() {
        return newServerIdentity().context();
    }

    /** The TLS of a server, and the certificate that it shows. */
    record Server(SSLContext context, X509Certificate certificate) {}

    static Server newServerIdentity() {
        try {
            KeyPair pair = newKey();
            X509Certificate certificate = selfSigned(pair);
            return new Server(ServerTls.of(pair.getPrivate(), List.of(certificate)), certificate);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a new one and writes both files into the folder. */
    public static LoopbackCertificate writeInto(Path folder) throws IOException {
        try {
            KeyPair key = newKey();
            X509Certificate certificate = selfSigned(key);
            Path certificatePem = folder.resolve("localhost.pem");
            Path keyPem = folder.resolve("localhost-key.pem");
            Files.writeString(certificatePem, pem(certificate));
            Files.writeString(keyPem, pem(new JcaPKCS8Generator(key.getPrivate(), null)));
            return new LoopbackCertificate(certificate, certificatePem, keyPem, pem(certificate));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("certificate for localhost", e);
        }
    }

    /** A context that trusts this certificate alone. */
    public SSLContext trustingContext() {
        try {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            roots.setCertificateEntry("localhost", certificate);
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X509Certificate selfSigned(KeyPair key)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        X500Name name = new X500Name("CN=localhost");
        GeneralName[] names = {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        };
        // From before any test's clock to beyond it.
        X509CertificateHolder certificate =
                new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(Instant.EPOCH),
                                Date.from(Instant.parse("2100-01-01T00:00:00Z")),
                                name,
                                key.getPublic())
                        .addExtension(
                                Extension.subjectAlternativeName, false, new GeneralNames(names))
                        .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                        .build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(key.getPrivate()));
        return new JcaX509CertificateConverter().getCertificate(certificate);
    }

    private static String pem(Object object) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(object);
        }
        return text.toString();
    }
}
