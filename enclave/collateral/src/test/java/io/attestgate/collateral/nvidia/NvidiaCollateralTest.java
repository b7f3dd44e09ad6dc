package io.attestgate.collateral.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.attestgate.collateral.MovedClock;
import io.attestgate.collateral.PlayedServer;
import io.attestgate.collateral.Update;
import io.attestgate.collateral.VendorCollateral;
import io.attestgate.collateral.VendorServices;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.Limits;
import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.nvidia.Mode;
import io.attestgate.verify.nvidia.NvidiaEvidence;
import io.attestgate.verify.nvidia.NvidiaKind;
import io.attestgate.verify.nvidia.NvidiaPolicy;
import io.attestgate.verify.nvidia.Version;
import io.attestgate.verify.testpki.NvidiaOcsp;
import io.attestgate.verify.testpki.NvidiaPki;
import io.attestgate.verify.testpki.NvidiaReport;
import io.attestgate.verify.testpki.NvidiaRim;
import io.attestgate.verify.testpki.P384Authority;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NvidiaCollateralTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Validity DAY =
            new Validity(NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(23)));
    private static final NvidiaPki PKI = NvidiaPki.at("GH100", NOW);
    private static final byte[] FWID = new byte[48];
    private static final NvidiaPki.Device DEVICE = PKI.device(7, FWID, 0x80);
    private static final String DRIVER = "NV_GPU_DRIVER_GH100_" + NvidiaReport.DRIVER;
    private static final String VBIOS = "NV_GPU_VBIOS_G525_0220_886_9700D90035";

    private final MovedClock clock = new MovedClock(NOW);
    private final PlayedServer server = PlayedServer.open();
    private final Map<BigInteger, byte[]> statuses = new HashMap<>();
    private final VendorCollateral source =
            VendorCollateral.open(
                    VendorServices.standard()
                            .withNvidia(
                                    new RimService(server.service()),
                                    new OcspService(server.service())),
                    Optional.empty(),
                    Limits.DEFAULT,
                    clock,
                    time -> {});

    @AfterEach
    void close() {
        source.close();
        server.close();
    }

    private void publish() {
        server.on(
                "/v1/rim/" + DRIVER,
                json(DRIVER, new NvidiaRim(PKI.chip(), NvidiaReport.DRIVER).of(13, 40).make(PKI)));
        server.on(
                "/v1/rim/" + VBIOS,
                json(VBIOS, new NvidiaRim(PKI.chip(), NvidiaReport.VBIOS).of(0, 12).make(PKI)));
        good(PKI.provisioner(), DEVICE.identity().certificate());
        good(PKI.product(), PKI.provisioner().certificate());
        good(PKI.deviceRoot(), PKI.product().certificate());
        good(PKI.rimAuthority(), PKI.rimSigner().certificate());
        good(PKI.rimProduct(), PKI.rimAuthority().certificate());
        good(PKI.rimRoot(), PKI.rimProduct().certificate());
        server.on("/", this::status);
    }

    private void good(P384Authority issuer, X509Certificate certificate) {
        statuses.put(
                certificate.getSerialNumber(),
                NvidiaOcsp.of(issuer, PKI.validity()).good(certificate, DAY));
    }

    private void status(HttpExchange exchange) throws IOException {
        OCSPReq request = new OCSPReq(exchange.getRequestBody().readAllBytes());
        BigInteger serial = request.getRequestList()[0].getCertID().getSerialNumber();
        PlayedServer.send(exchange, 200, Objects.requireNonNull(statuses.get(serial)));
    }

    private static byte[] json(String id, byte[] rim) {
        return "{\"id\":\"%s\",\"rim\":\"%s\",\"sha256\":\"%s\"}"
                .formatted(
                        id,
                        Base64.getEncoder().encodeToString(rim),
                        HexFormat.of().formatHex(Digests.sha256(rim)))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] evidence() {
        byte[] report = NvidiaReport.of(FWID, new byte[32]).make(DEVICE.key().keys().getPrivate());
        return NvidiaEvidence.container(report, PKI.chain(DEVICE));
    }

    private static AppraisalPolicy policy() {
        return new AppraisalPolicy(
                        Set.of(PKI.deviceRoot().hash(), PKI.rimRoot().hash()),
                        Map.of(TcbState.UNJUDGED, NOW.plus(Duration.ofDays(30))),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED)
                .with(
                        new NvidiaPolicy(
                                Set.of(PKI.deviceRoot().hash()),
                                Set.of(PKI.rimRoot().hash()),
                                Set.of("GH100"),
                                Set.of(Mode.SPT),
                                1,
                                NvidiaPolicy.Fwid.REQUIRED,
                                Revocation.REQUIRED,
                                Map.of("590", Version.driver(NvidiaReport.DRIVER).orElseThrow()),
                                Map.of(
                                        NvidiaReport.BOARD,
                                        Version.vbios(NvidiaReport.VBIOS).orElseThrow())));
    }

    @Test
    void aGpuIsTrustedByWhatTheServicesPublish() throws Exception {
        publish();
        Bundle bundle = source.fetch("nvidia", evidence(), Update.STANDARD);
        Appraisal appraisal =
                new NvidiaKind().verify(evidence(), bundle, policy(), Optional.empty(), NOW);

        assertThat(bundle.files()).hasSize(8).containsKeys(DRIVER + ".xml", VBIOS + ".xml");
        assertThat(appraisal).isInstanceOf(Appraisal.Trusted.class);
        assertThat(source.fetch("nvidia", evidence(), Update.STANDARD).files()).hasSize(8);
        assertThat(server.requests()).hasSize(8);
    }

    @Test
    void anAnswerServesUntilItsNextUpdate() throws Exception {
        publish();
        assertThat(source.fetch("nvidia", evidence(), Update.STANDARD).files()).hasSize(8);
        clock.to(DAY.until());
        assertThat(failure(evidence())).isEqualTo(FetchException.Kind.STALE);
    }

    @Test
    void aManifestThatIsNotPublishedIsAbsent() {
        publish();
        server.status("/v1/rim/" + VBIOS, 404);
        assertThat(failure(evidence())).isEqualTo(FetchException.Kind.ABSENT);
    }

    @Test
    void aReportWithoutItsChainNamesNothingToAsk() {
        byte[] report = NvidiaReport.of(FWID, new byte[32]).make(DEVICE.key().keys().getPrivate());
        assertThat(failure(report)).isEqualTo(FetchException.Kind.NOTHING_TO_ASK);
        assertThat(server.requests()).isEmpty();
    }

    /** Else what somebody slipped in once would be refused by every verdict of a day. */
    @Test
    void aManifestOfNoTrustedRootIsNotKept() throws Exception {
        publish();
        NvidiaPki hostile = NvidiaPki.at("GH100", NOW);
        server.on(
                "/v1/rim/" + VBIOS,
                json(VBIOS, new NvidiaRim(PKI.chip(), NvidiaReport.VBIOS).of(0, 12).make(hostile)));
        assertThat(failure(trusting(PKI))).isEqualTo(FetchException.Kind.MALFORMED);

        publish();
        clock.by(Duration.ofMinutes(1));
        assertThat(
                        new NvidiaKind()
                                .verify(
                                        evidence(),
                                        trusting(PKI).fetch("nvidia", evidence()),
                                        policy(),
                                        Optional.empty(),
                                        clock.instant()))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aDeviceBelowAnotherRootNamesNothingToAsk() {
        publish();
        assertThat(failure(trusting(NvidiaPki.at("GH100", NOW))))
                .isEqualTo(FetchException.Kind.NOTHING_TO_ASK);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void anAnswerThatAnotherSignedIsNone() {
        publish();
        X509Certificate device = DEVICE.identity().certificate();
        statuses.put(
                device.getSerialNumber(),
                new NvidiaOcsp(PKI.provisioner(), DEVICE.key()).good(device, DAY));
        assertThat(failure(evidence())).isEqualTo(FetchException.Kind.MALFORMED);
    }

    private CollateralSource trusting(NvidiaPki pki) {
        return source.source(
                Update.STANDARD, Set.of(pki.deviceRoot().hash(), pki.rimRoot().hash()));
    }

    private static FetchException.Kind failure(CollateralSource source) {
        try {
            throw new AssertionError(source.fetch("nvidia", evidence()).files().keySet());
        } catch (FetchException e) {
            return e.kind();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As NVIDIA's tools collect them, each with certificates that are nobody's. */
    @Test
    void evidenceThatNamesMoreThanAnybodyHasMakesNobodyAsk() {
        publish();
        List<Json> gpus = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            List<X509Certificate> chain = new ArrayList<>(PKI.chain(DEVICE).subList(0, 1));
            for (int j = 0; j < 6; j++) {
                chain.add(
                        PKI.provisioner()
                                .issue(NvidiaPki.authority("GPU " + i, PKI.validity()))
                                .certificate());
            }
            gpus.add(collected(chain));
        }
        byte[] many = CanonicalJson.write(new Json.Arr(gpus));

        assertThat(failure(many)).isEqualTo(FetchException.Kind.TOO_MANY);
        assertThat(server.requests())
                .containsExactlyInAnyOrder("/v1/rim/" + DRIVER, "/v1/rim/" + VBIOS);
    }

    private static Json collected(List<X509Certificate> chain) {
        byte[] report = NvidiaReport.of(FWID, new byte[32]).make(DEVICE.key().keys().getPrivate());
        byte[] pem = SnpPki.pem(chain.toArray(X509Certificate[]::new));
        return Json.object(
                "certificate", Base64.getEncoder().encodeToString(pem),
                "evidence", Base64.getEncoder().encodeToString(report));
    }

    /** The ids are those under which NVIDIA's own tools keep the manifests. */
    @Test
    void aRealReportNamesItsRealManifests() {
        RealVectors.require();
        byte[] evidence =
                NvidiaEvidence.container(
                        RealVectors.read("evidence/nvidia/gh100-550.90.07-with-rims.spdm.bin"),
                        Certificates.parseAll(
                                        RealVectors.read(
                                                "evidence/nvidia/"
                                                        + "gh100-550.90.07-with-rims.chain.pem"))
                                .toOptional()
                                .orElseThrow());
        String driver = "/v1/rim/NV_GPU_DRIVER_GH100_550.90.07";
        String vbios = "/v1/rim/NV_GPU_VBIOS_1010_0200_882_96009F0001";
        CountDownLatch both = new CountDownLatch(2);
        server.on(driver, exchange -> absentAfter(both, exchange));
        server.on(vbios, exchange -> absentAfter(both, exchange));

        assertThat(failure(evidence)).isEqualTo(FetchException.Kind.ABSENT);
        assertThat(server.requests()).contains(driver, vbios);
    }

    /**
     * The first answer that fails ends the wait for others, so none comes before both questions.
     */
    private static void absentAfter(CountDownLatch asked, HttpExchange exchange)
            throws IOException {
        asked.countDown();
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        PlayedServer.send(exchange, 404, new byte[0]);
    }

    private FetchException.Kind failure(byte[] evidence) {
        try {
            throw new AssertionError(
                    source.fetch("nvidia", evidence, Update.STANDARD).files().keySet());
        } catch (FetchException e) {
            return e.kind();
        }
    }
}
