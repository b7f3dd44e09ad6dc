package io.attestgate.collateral.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.attestgate.collateral.PlayedServer;
import io.attestgate.collateral.http.FetchException.Kind;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cache that signs for itself, as they do after they were installed. */
final class ServiceTlsTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Instant MONTH = NOW.plus(Duration.ofDays(30));

    /** TLS looks at this machine's clock, so that its certificates hold whenever tests run. */
    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");

    private static final Instant UNTIL = Instant.parse("2099-01-01T00:00:00Z");
    private static final char[] PASSWORD = "test".toCharArray();

    private final KeyPair keys = keyPair();
    private final X509Certificate certificate = selfSigned(keys);
    private Optional<HttpsServer> server = Optional.empty();

    @BeforeEach
    void start() throws IOException, GeneralSecurityException {
        HttpsServer https =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls()));
        https.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        PlayedServer.send(
                                exchange, 200, MONTH.toString().getBytes(StandardCharsets.UTF_8));
                    }
                });
        https.start();
        server = Optional.of(https);
    }

    @AfterEach
    void stop() {
        server.ifPresent(https -> https.stop(0));
    }

    @Test
    void aServiceIsHeldToTheCertificatesThatWereNamed() throws Exception {
        assertThat(ask(Optional.of(trusting(certificate))).until()).isEqualTo(MONTH);
    }

    @Test
    void aServiceThatNobodyVouchesForIsNotAsked() {
        assertThat(failure(Optional.empty())).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure(Optional.of(trusting(selfSigned(keyPair())))))
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void whatIsNoCertificateIsAFault() {
        assertThat(ServiceTls.parse("--service-ca", new byte[0])).isInstanceOf(Parsed.Bad.class);
        assertThat(ServiceTls.parse("--service-ca", new byte[] {0x30, 0}))
                .isInstanceOf(Parsed.Bad.class);
    }

    private Answer ask(Optional<SSLContext> tls) throws FetchException {
        int port = server.orElseThrow().getAddress().getPort();
        Service service = new Service("https://localhost:" + port);
        try (Exchange exchange = Exchange.open(tls, Limits.DEFAULT, InstantSource.fixed(NOW))) {
            return exchange.ask(Question.get(service.uri("/one"), new AskedServer.Ends()));
        }
    }

    private Kind failure(Optional<SSLContext> tls) {
        try {
            throw new AssertionError(ask(tls).until().toString());
        } catch (FetchException e) {
            return e.kind();
        }
    }

    private static SSLContext trusting(X509Certificate root) {
        try {
            return ServiceTls.parse("--service-ca", root.getEncoded()).toOptional().orElseThrow();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private SSLContext tls() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", keys.getPrivate(), PASSWORD, new Certificate[] {certificate});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        return tls;
    }

    private static X509Certificate selfSigned(KeyPair keys) {
        X500Name name = new X500Name("CN=PCCS");
        try {
            JcaX509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(FROM),
                            Date.from(UNTIL),
                            name,
                            keys.getPublic());
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(keys.getPrivate())));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
