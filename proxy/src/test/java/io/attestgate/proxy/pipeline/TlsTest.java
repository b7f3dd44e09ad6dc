package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.proxy.tls.HandshakeEnd;
import io.attestgate.proxy.tls.TlsIdentity;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    private static final String HOST = "app.localhost";

    private Origin origin;
    private Running gateway;

    @BeforeEach
    void open() throws IOException {
        origin = Origin.saying("hello");
        gateway = Running.open().serve(HOST, origin.port());
    }

    @AfterEach
    void close() throws IOException {
        gateway.close();
        origin.close();
    }

    private RawClient tls(String sni, String... alpn) throws IOException {
        return RawClient.tls(gateway.authority.trusting(), gateway.httpsPort(), sni, alpn);
    }

    @Test
    void aClientThatNamesNoHostIsRefusedByAlert() throws Exception {
        assertThatThrownBy(() -> tls("", "http/1.1"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("unrecognized_name");
        assertThat(Observed.next(gateway.observed.handshakes)).isEqualTo(HandshakeEnd.UNKNOWN_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.localhost", "sub.app.localhost", "localhost"})
    void aNameThatThePolicyDoesNotHaveIsRefusedByAlert(String name) {
        assertThatThrownBy(() -> tls(name, "http/1.1"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("unrecognized_name");
    }

    @Test
    void aWithdrawnNameIsRefusedByAlertThoughThereIsACertificate() {
        gateway.policy.withdrawn(HOST);
        gateway.enforce();

        assertThatThrownBy(() -> tls(HOST, "http/1.1")).hasMessageContaining("unrecognized_name");
    }

    @Test
    void aNameWithoutACertificateIsOurErrorAndGetsNoOtherNamesCertificate() throws Exception {
        gateway.policy.host("new.localhost", origin.port());
        gateway.enforce();

        assertThatThrownBy(() -> tls("new.localhost", "http/1.1"))
                .hasMessageContaining("internal_error");
        assertThat(Observed.next(gateway.observed.handshakes))
                .isEqualTo(HandshakeEnd.NO_CERTIFICATE);
    }

    @Test
    void aClientWithNoneOfOurProtocolsIsToldSo() {
        assertThatThrownBy(() -> tls(HOST, "h3")).hasMessageContaining("no_application_protocol");
    }

    @Test
    void aClientThatOffersNoProtocolSpeaksHttp11() throws Exception {
        try (RawClient client = tls(HOST)) {
            assertThat(client.get(HOST, "/").status()).isEqualTo(200);
        }
    }

    @Test
    void eachNameIsAnsweredWithItsOwnCertificate() throws Exception {
        gateway.serve("other.localhost", origin.port());
        for (String name : new String[] {HOST, "other.localhost"}) {
            try (RawClient client = tls(name, "http/1.1")) {
                assertThat(leaf(client))
                        .isEqualTo(
                                gateway.serving(new Hostname(name))
                                        .orElseThrow()
                                        .chain()
                                        .getFirst());
            }
        }
    }

    private static X509Certificate leaf(RawClient client) throws Exception {
        return (X509Certificate) client.socket().getSession().getPeerCertificates()[0];
    }

    @Test
    void aNewCertificateIsForTheNextConnectionAndTheOldConnectionLivesOn() throws Exception {
        try (RawClient before = tls(HOST, "http/1.1")) {
            assertThat(before.get(HOST, "/").status()).isEqualTo(200);
            TlsIdentity renewed = gateway.authority.identity(HOST);
            gateway.serving.put(new Hostname(HOST), renewed);

            try (RawClient after = tls(HOST, "http/1.1")) {
                assertThat(leaf(after)).isEqualTo(renewed.chain().getFirst());
                assertThat(before.get(HOST, "/").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void anAuthorityIsAnsweredWithTheChallengeCertificateAndNothingElse() throws Exception {
        TlsIdentity challenge = gateway.authority.identity(HOST);
        gateway.challenges.put(new Hostname(HOST), challenge);

        try (RawClient authority = tls(HOST, "acme-tls/1")) {
            assertThat(authority.socket().getApplicationProtocol()).isEqualTo("acme-tls/1");
            assertThat(leaf(authority)).isEqualTo(challenge.chain().getFirst());
            assertThat(authority.isEnded()).isTrue();
        }
        assertThat(Observed.next(gateway.observed.handshakes)).isEqualTo(HandshakeEnd.CHALLENGE);
    }

    @Test
    void withoutAChallengeAnAuthorityIsRefused() {
        assertThatThrownBy(() -> tls(HOST, "acme-tls/1")).isInstanceOf(IOException.class);
    }

    @Test
    void theVersionsAreThoseOfThePolicy() throws Exception {
        try (RawClient client = version(HOST, "TLSv1.2")) {
            assertThat(client.socket().getSession().getProtocol()).isEqualTo("TLSv1.2");
        }
        gateway.policy.host(HOST, origin.port(), ",\"tls\":{\"versions\":[\"1.3\"]}");
        gateway.enforce();

        assertThatThrownBy(() -> version(HOST, "TLSv1.2")).isInstanceOf(SSLException.class);
        try (RawClient client = version(HOST, "TLSv1.3")) {
            assertThat(client.socket().getSession().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    private RawClient version(String host, String version) throws IOException {
        return RawClient.tls(
                gateway.authority.trusting(), gateway.httpsPort(), host, version, "http/1.1");
    }

    @Test
    void aTicketResumesUntilThePolicyDocumentChanges() throws Exception {
        SSLContext remembering = gateway.authority.trusting();

        long first = created(remembering);
        long second = created(remembering);
        assertThat(second).as("resumed").isEqualTo(first);

        gateway.policy.host(HOST, origin.port(), ",\"hsts\":{\"maxAge\":\"1h\"}");
        gateway.enforce();
        assertThat(created(remembering)).as("a full handshake").isNotEqualTo(first);
    }

    /** When the session that a request uses was made: a resumed one keeps the first one's time. */
    private long created(SSLContext context) throws IOException {
        try (RawClient client =
                RawClient.tls(context, gateway.httpsPort(), HOST, "TLSv1.2", "http/1.1")) {
            assertThat(client.get(HOST, "/").status()).isEqualTo(200);
            SSLSession session = client.socket().getSession();
            return session.getCreationTime();
        }
    }

    @Test
    void whatIsNoTlsEndsTheConnection() throws Exception {
        try (RawClient client = RawClient.plain(gateway.httpsPort())) {
            client.send("GET / HTTP/1.1\r\nHost: app.localhost\r\n\r\n");
            assertThat(client.readAll()).hasSize(7).as("an alert");
        }
        assertThat(Observed.next(gateway.observed.handshakes)).isEqualTo(HandshakeEnd.FAILED);
    }

    @Test
    void aHandshakeThatDoesNotComeEndsTheConnection() throws Exception {
        long start = System.nanoTime();
        try (RawClient client = RawClient.plain(gateway.httpsPort())) {
            client.send(new byte[] {22, 3, 1, 2, 0});
            assertThat(client.isEnded()).isTrue();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(GatewayOptions.HANDSHAKE_MAX.plusSeconds(3));
    }

    @Test
    void aRequestForAnotherHostThanTheConnectionsIsMisdirected() throws Exception {
        gateway.serve("other.localhost", origin.port());
        try (RawClient client = tls(HOST, "http/1.1")) {
            assertThat(client.get("other.localhost", "/").status()).isEqualTo(421);
            assertThat(client.get(HOST, "/").status()).isEqualTo(200);
        }
    }
}
