package io.attestgate.collateral.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.collateral.MovedClock;
import io.attestgate.collateral.PlayedServer;
import io.attestgate.collateral.http.Answer;
import io.attestgate.collateral.http.AnswerCache;
import io.attestgate.collateral.http.Deadline;
import io.attestgate.collateral.http.Exchange;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.Limits;
import io.attestgate.collateral.http.Question;
import io.attestgate.collateral.http.Trust;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Digests;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NvidiaServicesTest {
    private static final String ID = "NV_GPU_DRIVER_GH100_550.90.07";
    private static final String OCSP = "collateral/go-nvattest-tools/testing/testdata/ocsp/";
    private static final byte[] RIM = "<SoftwareIdentity/>".getBytes(StandardCharsets.UTF_8);

    /** The window of the device's answers among the vectors. */
    private final MovedClock clock = new MovedClock(Instant.parse("2025-08-21T12:00:00Z"));

    private final PlayedServer server = PlayedServer.open();
    private final Exchange exchange = Exchange.open(Optional.empty(), Limits.DEFAULT, clock);
    private final AnswerCache cache =
            new AnswerCache(exchange, Limits.DEFAULT, clock, time -> {}, Runnable::run);
    private final RimService rims = new RimService(server.service());
    private final OcspService ocsp = new OcspService(server.service());

    @AfterEach
    void close() {
        server.close();
        exchange.close();
    }

    private Answer ask(Question question) throws FetchException {
        return Deadline.in(Duration.ofSeconds(30)).one(cache, question);
    }

    private FetchException.Kind failure(Question question) {
        try {
            throw new AssertionError(ask(question).files().keySet());
        } catch (FetchException e) {
            return e.kind();
        }
    }

    private Question rim() {
        return rims.rim(ID, Trust.LATER).toOptional().orElseThrow();
    }

    private static byte[] json(String id, byte[] rim, byte[] digested) {
        return """
        {"id":"%s","rim":"%s","sha256":"%s","last_updated":"2025-03-14T15:09:03.011000",\
        "rim_format":"TCG","request_id":"x"}\
        """
                .formatted(
                        id,
                        Base64.getEncoder().encodeToString(rim),
                        HexFormat.of().formatHex(Digests.sha256(digested)))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aReferenceDocumentIsUnpackedAndKept() throws Exception {
        server.on("/v1/rim/" + ID, json(ID, RIM, RIM));
        assertThat(ask(rim()).files()).containsOnlyKeys(ID + ".xml");
        assertThat(ask(rim()).files().get(ID + ".xml")).isEqualTo(RIM);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void theRealDocumentsOfADriverArriveAsTheyAre() throws Exception {
        RealVectors.require();
        byte[] real =
                RealVectors.read(
                        "collateral/go-nvattest-tools/testing/testdata/rim/" + ID + ".xml");
        server.on("/v1/rim/" + ID, json(ID, real, real));
        assertThat(ask(rim()).files().get(ID + ".xml")).isEqualTo(real);
    }

    @Test
    void aDocumentOfAnotherDigestOrIdIsNoAnswer() {
        server.on("/v1/rim/" + ID, json(ID, RIM, new byte[1]));
        assertThat(failure(rim())).isEqualTo(FetchException.Kind.MALFORMED);
        clock.by(Duration.ofMinutes(1));
        server.on("/v1/rim/" + ID, json("NV_GPU_DRIVER_GH100_1", RIM, RIM));
        assertThat(failure(rim())).isEqualTo(FetchException.Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"id\":1}", "{\"id\":\"x\",\"rim\":\"%\"}"})
    void garbageIsNoDocument(String body) {
        server.on("/v1/rim/" + ID, body.getBytes(StandardCharsets.UTF_8));
        assertThat(failure(rim())).isEqualTo(FetchException.Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../x", "a/b", "a?b", "a b", "a%2fb", "ä"})
    void anIdThatWouldBeAnotherAddressIsNone(String id) {
        assertThat(rims.rim(id, Trust.LATER).toOptional()).isEmpty();
    }

    /** Leaf first, as the device gives it. */
    private static List<X509Certificate> chain() {
        return Certificates.parseAll(
                        RealVectors.read("evidence/nvidia/gh100-550.90.07-with-rims.chain.pem"))
                .toOptional()
                .orElseThrow();
    }

    private static byte[] response(String level) {
        return Base64.getMimeDecoder()
                .decode(
                        RealVectors.read(
                                OCSP
                                        + "test_gpu_certificate_%s_base64encoded_ocsp_response.dat"
                                                .formatted(level)));
    }

    @ParameterizedTest
    @CsvSource({"1,l4", "2,l3", "3,l2"})
    void aRealStatusIsAskedForByTheCertificateAndKeptUntilItEnds(int at, String level)
            throws Exception {
        RealVectors.require();
        X509Certificate certificate = chain().get(at);
        AtomicReference<byte[]> posted = new AtomicReference<>(new byte[0]);
        server.on(
                "/",
                sent -> {
                    posted.set(sent.getRequestBody().readAllBytes());
                    PlayedServer.send(sent, 200, response(level));
                });
        Question question = ocsp.status(certificate, chain().get(at + 1));
        Answer answer = ask(question);
        assertThat(answer.files().values()).first().isEqualTo(response(level));
        assertThat(answer.until())
                .isBetween(
                        Instant.parse("2025-08-22T06:47:07Z"),
                        Instant.parse("2025-08-22T06:47:08Z"));
        OCSPReq request = new OCSPReq(Objects.requireNonNull(posted.get()));
        assertThat(request.getRequestList()[0].getCertID().getSerialNumber())
                .isEqualTo(certificate.getSerialNumber());
        assertThat(ask(question).files()).hasSize(1);
        assertThat(server.requests()).hasSize(1);
        clock.to(answer.until());
        assertThat(failure(question)).isEqualTo(FetchException.Kind.STALE);
    }

    @Test
    void theNamesThatWeAskByAreThoseOfTheRealAnswer() throws Exception {
        RealVectors.require();
        AtomicReference<byte[]> posted = new AtomicReference<>(new byte[0]);
        server.on(
                "/",
                sent -> {
                    posted.set(sent.getRequestBody().readAllBytes());
                    PlayedServer.send(sent, 200, response("l3"));
                });
        assertThat(ask(ocsp.status(chain().get(2), chain().get(3))).files()).hasSize(1);
        CertificateID ours =
                new OCSPReq(Objects.requireNonNull(posted.get())).getRequestList()[0].getCertID();
        BasicOCSPResp real = (BasicOCSPResp) new OCSPResp(response("l3")).getResponseObject();
        CertificateID theirs = real.getResponses()[0].getCertID();
        assertThat(ours.getHashAlgOID()).isEqualTo(theirs.getHashAlgOID());
        assertThat(ours.getIssuerNameHash()).isEqualTo(theirs.getIssuerNameHash());
        assertThat(ours.getIssuerKeyHash()).isEqualTo(theirs.getIssuerKeyHash());
        assertThat(ours.getSerialNumber()).isEqualTo(theirs.getSerialNumber());
    }

    @Test
    void theStatusOfAnotherCertificateIsNoAnswer() {
        RealVectors.require();
        server.on("/", response("l2"));
        assertThat(failure(ocsp.status(chain().get(1), chain().get(2))))
                .isEqualTo(FetchException.Kind.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30030a0101", "3003020100", "00"})
    void whatIsNoStatusIsNoAnswer(String hex) {
        RealVectors.require();
        server.on("/", HexFormat.of().parseHex(hex));
        assertThat(failure(ocsp.status(chain().get(1), chain().get(2))))
                .isEqualTo(FetchException.Kind.MALFORMED);
    }
}
