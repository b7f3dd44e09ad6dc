package io.attestgate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.client.connect.Endpoint;
import io.attestgate.client.connect.EndpointExchange;
import io.attestgate.client.connect.TestAuthority;
import io.attestgate.client.connect.TestEndpoint;
import io.attestgate.client.verdict.LegName;
import io.attestgate.client.verdict.Outcome;
import io.attestgate.client.verdict.Report;
import io.attestgate.verify.HardwareSource;
import io.attestgate.verify.claims.Binding;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.EndpointClaims;
import io.attestgate.verify.claims.HttpKey;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.TlsKeys;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.EvidenceRequirement;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.wire.Address;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An endpoint in a trust domain, and what a reader judges it by. */
final class HardwareEndpointTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Hostname HOST = new Hostname("app.verify.localhost");
    private static final Pattern NONCE = Pattern.compile("\\?nonce=([A-Za-z0-9_-]{43}) ");
    private static final DcapPki PKI = DcapPki.at(NOW);

    private final TestAuthority authority = new TestAuthority("the authority");
    private final KeyPair key = TestAuthority.keyPair();
    private Set<Hash32> measurements = Set.of();
    private Map<String, CmwRecord> beside = Map.of();
    private final HttpKey httpKey = HttpKey.of(TestAuthority.keyPair().getPublic().getEncoded());

    @Test
    void aTrustDomainIsVerifiedByCollateralAndPolicy() throws IOException {
        Report report = verify(Set.of("tdx"), Optional.of(reader(goodCollateral())));

        assertThat(report.legs()).filteredOn(leg -> leg.outcome() == Outcome.FAIL).isEmpty();
        assertThat(report.verified()).isTrue();
        assertThat(report.leg(LegName.EVIDENCE).restsOn()).contains("Intel");
        assertThat(report.leg(LegName.EVIDENCE).detail()).contains("tdx", "up-to-date");
        assertThat(report.leg(LegName.COLLATERAL).detail()).contains("7 files from a test");
    }

    @Test
    void withoutWhatToJudgeItByHardwareIsRefused() throws IOException {
        Report report = verify(Set.of("tdx"), Optional.empty());

        assertThat(report.verified()).isFalse();
        assertThat(report.leg(LegName.COLLATERAL).outcome()).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(report.leg(LegName.EVIDENCE).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aPlatformThatWasNotNamedIsRefused() throws IOException {
        Report report = verify(Set.of("snp"), Optional.of(reader(goodCollateral())));

        assertThat(report.leg(LegName.EVIDENCE).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(report.leg(LegName.EVIDENCE).detail()).contains("PLATFORM");
        assertThat(report.leg(LegName.COLLATERAL).outcome())
                .as("nobody was asked about it")
                .isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void whatRunsThereIsHeldAgainstTheMeasurementsThatAreNamed() throws IOException {
        measurements = Set.of(Hash32.ZERO);
        Report other = verify(Set.of("tdx"), Optional.of(reader(goodCollateral())));

        assertThat(other.verified()).isFalse();
        assertThat(other.leg(LegName.EVIDENCE).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(other.leg(LegName.EVIDENCE).detail()).contains("MEASUREMENT");
    }

    @Test
    void whatARequirementDoesWithoutIsNamed() throws IOException {
        beside = Map.of("cpu1", CmwRecord.of("snp", new byte[1]));
        EvidenceRequirement one =
                new EvidenceRequirement(
                        List.of(new EvidenceRequirement.Kind("tdx", Set.of(PKI.rootHash()))), 1);
        HardwareSource source =
                new HardwareSource(
                        AppraisalPolicy.strict(Set.of(PKI.rootHash()), NOW).with(one),
                        goodCollateral());
        Report report = verify(Set.of("tdx"), Optional.of(new HardwareReader(source, "a test")));

        assertThat(report.verified()).isTrue();
        assertThat(report.leg(LegName.EVIDENCE).detail()).contains("without cpu1: REPORT");
    }

    @Test
    void collateralThatCannotBeHadFailsByThatName() throws IOException {
        CollateralSource broken =
                (kind, evidence) -> {
                    throw new IOException("https://vendor.example: status 503");
                };
        Report report = verify(Set.of("tdx"), Optional.of(reader(broken)));

        assertThat(report.verified()).isFalse();
        assertThat(report.leg(LegName.COLLATERAL).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(report.leg(LegName.COLLATERAL).detail()).contains("status 503");
        assertThat(report.leg(LegName.EVIDENCE).outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void anotherRootsCollateralIsRefused() throws IOException {
        Bundle hostile = DcapCollateral.upToDate(DcapPki.at(NOW), NOW).make();
        Report report = verify(Set.of("tdx"), Optional.of(reader((kind, evidence) -> hostile)));

        assertThat(report.leg(LegName.EVIDENCE).outcome()).isEqualTo(Outcome.FAIL);
        assertThat(report.leg(LegName.EVIDENCE).detail()).contains("COLLATERAL");
    }

    private static CollateralSource goodCollateral() {
        Bundle good = DcapCollateral.upToDate(PKI, NOW).make();
        return (kind, evidence) -> good;
    }

    private static HardwareReader reader(CollateralSource source) {
        return new HardwareReader(
                new HardwareSource(AppraisalPolicy.strict(Set.of(PKI.rootHash()), NOW), source),
                "a test");
    }

    private Report verify(Set<String> platforms, Optional<HardwareReader> hardware)
            throws IOException {
        Expectations expectations =
                new Expectations(
                        platforms, Optional.empty(), measurements, Set.of(spki()), hardware);
        try (TestEndpoint endpoint =
                TestEndpoint.start(
                        key,
                        authority.issue(HOST.value(), key, NOW.minusSeconds(60)),
                        this::answer)) {
            InstantSource clock = InstantSource.fixed(NOW);
            EndpointExchange exchange =
                    new EndpointExchange(
                            new EndpointExchange.Settings(
                                    Optional.empty(), Optional.empty(), Duration.ofSeconds(20)),
                            clock);
            return new EndpointVerifier(exchange, expectations, clock, new SecureRandom())
                    .verify(new Endpoint(HOST, endpoint.port()));
        }
    }

    private void answer(String request, OutputStream out, CountDownLatch end) throws IOException {
        Matcher nonce = NONCE.matcher(request);
        assertThat(nonce.find()).isTrue();
        byte[] claims = claims(Hash32.of(Base64Url.parse(nonce.group(1)).orElseThrow())).toBytes();
        byte[] quote =
                DcapQuote.of(PKI, 4, DcapQuote.TD_1_0)
                        .reportData(ReportData.of(claims).bytes())
                        .make();
        SortedMap<String, CmwRecord> members = new TreeMap<>(beside);
        members.put("cpu", CmwRecord.of("tdx", quote));
        byte[] body = EvidenceEnvelope.of(claims, List.of(), members).toBytes();
        out.write(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(body.length)
                        .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
    }

    private EndpointClaims claims(Hash32 nonce) {
        Hash32 zero = Hash32.ZERO;
        return new EndpointClaims(
                nonce,
                NOW,
                NOW.plusSeconds(300),
                HOST,
                new TlsKeys(spki(), Optional.empty()),
                new Binding.Spki(),
                Address.of(new byte[Address.SIZE_BYTES]),
                httpKey,
                List.of(),
                new PolicyReference(1, Address.of(new byte[Address.SIZE_BYTES]), 1, zero, 1, zero),
                new DocumentHashes(zero, zero),
                zero,
                Optional.empty(),
                Instance.of("tdx", HexFormat.of().parseHex(DcapPki.PPID)));
    }

    private Hash32 spki() {
        return Hash32.of(Digests.sha256(key.getPublic().getEncoded()));
    }
}
