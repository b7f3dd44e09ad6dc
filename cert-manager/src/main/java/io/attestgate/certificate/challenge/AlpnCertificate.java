package io.attestgate.certificate.challenge;

import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes the certificate of RFC 8737 §3 on P-256 (acme4j's own maker is for RSA alone). */
final class AlpnCertificate {
    /** id-pe-acmeIdentifier (RFC 8737 §6.1). */
    static final ASN1ObjectIdentifier ACME_IDENTIFIER =
            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.31");

    /** Far longer than a challenge runs; authorities do not look at it. */
    private static final Duration LIFE = Duration.ofDays(7);

    private static final int SERIAL_BITS = 127;

    private AlpnCertificate() {}

    static AlpnAnswer make(
            Hostname name, byte[] validation, KeyPair key, Instant now, SecureRandom random) {
        X500Name issuer = new X500Name("CN=acme challenge");
        try {
            X509v3CertificateBuilder certificate =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            new BigInteger(SERIAL_BITS, random).setBit(0),
                            Date.from(now.minus(LIFE)),
                            Date.from(now.plus(LIFE)),
                            issuer,
                            key.getPublic());
            GeneralName host = new GeneralName(GeneralName.dNSName, name.value());
            certificate.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(host));
            certificate.addExtension(ACME_IDENTIFIER, true, new DEROctetString(validation));
            return new AlpnAnswer(
                    new JcaX509CertificateConverter()
                            .getCertificate(
                                    certificate.build(
                                            new JcaContentSignerBuilder("SHA256withECDSA")
                                                    .build(key.getPrivate()))),
                    key.getPrivate());
        } catch (IOException | OperatorCreationException | CertificateException e) {
            throw new AssertionError("a certificate of our own making", e);
        }
    }
}
