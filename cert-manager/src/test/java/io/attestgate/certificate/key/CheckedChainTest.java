package io.attestgate.certificate.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.certificate.account.P256KeyPair;
import io.attestgate.wire.Hostname;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

final class CheckedChainTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final Instant LATER = NOW.plus(Duration.ofDays(90));
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TlsKey key = TlsKey.make(new Hostname("a.example"), RANDOM);
    private final PublicKey ours = key.pair().pair().getPublic();
    private final KeyPair issuer = P256KeyPair.generate(RANDOM).pair();
    private final X509Certificate issuing;

    CheckedChainTest() throws Exception {
        issuing = certificate("issuer.example", issuer.getPublic(), NOW, LATER, true);
    }

    @Test
    void aChainThatFitsIsGood() throws Exception {
        X509Certificate leaf = certificate("a.example", ours, NOW, LATER, false);
        CheckedChain chain =
                CheckedChain.of(List.of(leaf, issuing), key, NOW).toOptional().orElseThrow();
        assertThat(chain.notAfter()).isEqualTo(LATER);
        assertThat(chain.certificates()).hasSize(2);
    }

    @Test
    void anotherKeyNameOrTimeIsNot() throws Exception {
        PublicKey another = P256KeyPair.generate(RANDOM).pair().getPublic();
        assertBad("certificate's key", certificate("a.example", another, NOW, LATER, false));
        assertBad("certificate's names", certificate("b.example", ours, NOW, LATER, false));
        assertBad("certificate's names", certificate("*.example", ours, NOW, LATER, false));
        assertBad("certificate", certificate("a.example", ours, NOW, LATER, true));
        assertBad(
                "certificate's notBefore",
                certificate("a.example", ours, NOW.plusSeconds(301), LATER, false));
        assertBad(
                "certificate's notAfter",
                certificate("a.example", ours, NOW.minusSeconds(9), NOW, false));
    }

    @Test
    void aChainWhoseLinksDoNotHoldIsNot() throws Exception {
        X509Certificate leaf = certificate("a.example", ours, NOW, LATER, false);
        assertBad("chain", leaf, leaf);
        assertBad("chain");
        assertBad(
                "chain",
                Collections.nCopies(CheckedChain.CERTIFICATES_MAX + 1, leaf)
                        .toArray(new X509Certificate[0]));
    }

    private void assertBad(String what, X509Certificate... chain) {
        assertThat(CheckedChain.of(List.of(chain), key, NOW).faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.path()).isEqualTo(what));
    }

    private X509Certificate certificate(
            String name, PublicKey holder, Instant from, Instant until, boolean ca)
            throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        new JcaX509v3CertificateBuilder(
                                        new X500Name("CN=issuer"),
                                        BigInteger.ONE,
                                        Date.from(from),
                                        Date.from(until),
                                        new X500Name("CN=issuer"),
                                        holder)
                                .addExtension(
                                        Extension.subjectAlternativeName,
                                        false,
                                        new GeneralNames(
                                                new GeneralName(GeneralName.dNSName, name)))
                                .addExtension(
                                        Extension.basicConstraints, true, new BasicConstraints(ca))
                                .build(
                                        new JcaContentSignerBuilder("SHA256withECDSA")
                                                .build(issuer.getPrivate())));
    }
}
