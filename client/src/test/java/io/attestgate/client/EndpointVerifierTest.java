package io.attestgate.client;

import static io.attestgate.client.TestReader.CLAIMED;
import static io.attestgate.client.TestReader.CONTRACT;
import static io.attestgate.client.TestReader.GATEWAY_DOCUMENT;
import static io.attestgate.client.TestReader.HOST;
import static io.attestgate.client.TestReader.HOST_DOCUMENT;
import static io.attestgate.client.TestReader.NOW;
import static io.attestgate.client.TestReader.hash;
import static io.attestgate.client.TestReader.head;
import static io.attestgate.client.TestReader.reading;
import static io.attestgate.client.TestReader.simulatedAllowed;
import static io.attestgate.client.TestReader.toContract;
import static io.attestgate.client.TestReader.toMeasurement;
import static io.attestgate.client.TestReader.toPin;
import static io.attestgate.client.TestReader.toRegistry;
import static io.attestgate.client.TestReader.withClaimedBlock;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.client.chain.BlockFacts;
import io.attestgate.client.chain.ContractReading;
import io.attestgate.client.connect.Endpoint;
import io.attestgate.client.connect.EndpointExchange;
import io.attestgate.client.connect.Roots;
import io.attestgate.client.connect.TestAuthority;
import io.attestgate.client.connect.TestEndpoint;
import io.attestgate.client.verdict.Leg;
import io.attestgate.client.verdict.LegName;
import io.attestgate.client.verdict.Outcome;
import io.attestgate.client.verdict.Report;
import io.attestgate.verify.claims.Binding;
import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.EndpointClaims;
import io.attestgate.verify.claims.HttpKey;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.claims.TlsKeys;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Address;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class EndpointVerifierTest {
    private static final Pattern NONCE = Pattern.compile("\\?nonce=([A-Za-z0-9_-]{43}) ");
    private static final Hash32 MEASUREMENT =
            Measurement.of(
                    "simulated", SimulatedEnclave.REGISTERS.bytes(), SimulatedEnclave.CONFIG);

    private final TestAuthority authority = new TestAuthority("the authority");
    private final KeyPair key = TestAuthority.keyPair();
    private final HttpKey httpKey = HttpKey.of(TestAuthority.keyPair().getPublic().getEncoded());

    @Test
    void anHonestGatewayIsVerifiedAgainstItsContract() throws IOException {
        Report report = verify(this::honest, toContract(reading(3)));

        assertThat(report.legs()).filteredOn(leg -> leg.outcome() == Outcome.FAIL).isEmpty();
        assertThat(report.verified()).isTrue();
        assertThat(report.claims()).isPresent();
        assertThat(notChecked(report))
                .containsExactlyInAnyOrder(
                        LegName.WEB_PKI,
                        LegName.CERTIFICATE_TRANSPARENCY,
                        LegName.PIN,
                        LegName.COLLATERAL,
                        LegName.MEASUREMENT,
                        LegName.EXPORTER);
    }

    @Test
    void aMeasurementOrAPinIsATrustAnchorAsWell() throws IOException {
        Hash32 spki = spki(key);

        assertThat(verify(this::honest, toMeasurement(MEASUREMENT)).verified()).isTrue();
        assertThat(verify(this::honest, toPin(spki)).verified()).isTrue();
    }

    @Test
    void anotherMeasurementAnotherPinAndNoneAreRefused() throws IOException {
        assertRefused(verify(this::honest, toMeasurement(hash("other"))), LegName.MEASUREMENT);
        assertRefused(verify(this::honest, toPin(hash("other"))), LegName.PIN);
        assertRefused(verify(this::honest, simulatedAllowed()), LegName.TRUST_ANCHOR);
    }

    @Test
    void theContractsRegistrySaysWhichCodeMayRun() throws IOException {
        Optional<Instant> before = Optional.of(NOW.minusSeconds(9));
        Optional<Instant> after = Optional.of(NOW.plusSeconds(9));
        Optional<Instant> never = Optional.empty();
        Report trusted = verify(this::honest, toRegistry(before, after, never));

        assertThat(trusted.verified()).isTrue();
        assertThat(trusted.leg(LegName.MEASUREMENT).outcome()).isEqualTo(Outcome.PASS);
        for (Expectations refusing :
                List.of(
                        toRegistry(never, never, never),
                        toRegistry(after, after, never),
                        toRegistry(before, Optional.of(NOW), never),
                        toRegistry(before, after, before))) {
            assertRefused(verify(this::honest, refusing), LegName.MEASUREMENT);
        }
    }

    @Test
    void simulatedEvidenceIsRefusedUnlessNamed() throws IOException {
        Expectations none =
                new Expectations(Set.of(), Optional.empty(), Set.of(), Set.of(spki(key)));

        assertRefused(verify(this::honest, none), LegName.EVIDENCE);
    }

    @Test
    void anEchoOfAnotherNonceIsRefused() throws IOException {
        Function<Hash32, EvidenceEnvelope> replay =
                nonce -> SimulatedEnclave.attest(claims(hash("an older nonce")));

        assertRefused(verify(replay, toContract(reading(3))), LegName.NONCE);
    }

    @Test
    void evidenceOfAnotherHostIsRefused() throws IOException {
        assertRefused(
                verify(claiming(c -> withHost(c, new Hostname("other.localhost")))), LegName.HOST);
    }

    @Test
    void aManInTheMiddleWithAGoodCertificateOfHisOwnIsRefused() throws IOException {
        KeyPair his = TestAuthority.keyPair();
        try (TestEndpoint middle =
                TestEndpoint.start(
                        his,
                        authority.issue(HOST.value(), his, NOW.minusSeconds(60)),
                        script(this::honest))) {
            Report report = verifier(toContract(reading(3)), roots()).verify(endpoint(middle));

            assertThat(report.leg(LegName.WEB_PKI).outcome()).isEqualTo(Outcome.PASS);
            assertRefused(report, LegName.KEY);
        }
    }

    @Test
    void evidenceIsGoodForItsOwnTimeOnly() throws IOException {
        assertRefused(verify(claiming(c -> withTime(c, NOW.minusSeconds(60), NOW))), LegName.TIME);
        assertRefused(
                verify(claiming(c -> withTime(c, NOW.plusSeconds(301), NOW.plusSeconds(399)))),
                LegName.TIME);
    }

    @Test
    void evidenceOfAnotherRoleIsRefused() throws IOException {
        Function<Hash32, EvidenceEnvelope> tlsKey =
                nonce -> {
                    EndpointClaims c = claims(nonce);
                    Claims other =
                            new TlsKeyClaims(
                                    nonce,
                                    c.issuedAt(),
                                    c.notAfter(),
                                    HOST,
                                    spki(key),
                                    c.policy(),
                                    c.documents(),
                                    c.config(),
                                    Optional.empty());
                    return SimulatedEnclave.attest(other);
                };

        assertRefused(verify(tlsKey), LegName.CLAIMS);
    }

    @Test
    void oneOfSeveralClaimsThatShareAReportIsVerified() throws IOException {
        List<Hash32> path = List.of(hash("a sibling"), hash("another"));

        assertThat(verify(nonce -> SimulatedEnclave.attest(claims(nonce), path)).verified())
                .isTrue();
        assertRefused(
                verify(
                        nonce -> {
                            EvidenceEnvelope good = SimulatedEnclave.attest(claims(nonce), path);
                            return EvidenceEnvelope.of(
                                    good.claims(), path.subList(0, 1), good.evidence());
                        }),
                LegName.EVIDENCE);
    }

    @Test
    void evidenceForOtherClaimsIsRefused() throws IOException {
        Function<Hash32, EvidenceEnvelope> swapped =
                nonce -> {
                    EvidenceEnvelope of = SimulatedEnclave.attest(claims(hash("another")));
                    byte[] wanted = claims(nonce).toBytes();
                    return EvidenceEnvelope.of(wanted, List.of(), of.evidence());
                };

        assertRefused(verify(swapped), LegName.EVIDENCE);
    }

    @Test
    void membersThatNobodyJudgesAreRefused() throws IOException {
        Function<Hash32, EvidenceEnvelope> more =
                nonce -> {
                    EvidenceEnvelope good = SimulatedEnclave.attest(claims(nonce));
                    Map<String, CmwRecord> members = new LinkedHashMap<>(good.evidence());
                    members.put("gpu0", CmwRecord.of("nvidia", new byte[] {1}));
                    return EvidenceEnvelope.of(good.claims(), List.of(), members);
                };

        assertRefused(verify(more), LegName.EVIDENCE);
    }

    @Test
    void theContractIsReadByTheReaderHimself() throws IOException {
        assertRefused(verify(claiming(c -> withPolicy(c, 4, head(4)))), LegName.POLICY);
        assertRefused(verify(claiming(c -> withPolicy(c, 3, hash("other head")))), LegName.POLICY);
        assertRefused(
                verify(
                        this::honest,
                        toContract(Address.parse("0x" + "11".repeat(20)).orElseThrow())),
                LegName.CONTRACT);
        assertRefused(
                verify(
                        claiming(
                                c ->
                                        withDocuments(
                                                c,
                                                new DocumentHashes(
                                                        hash("mine"), GATEWAY_DOCUMENT)))),
                LegName.DOCUMENTS);
        assertRefused(
                verify(
                        claiming(
                                c ->
                                        withDocuments(
                                                c,
                                                new DocumentHashes(HOST_DOCUMENT, HOST_DOCUMENT)))),
                LegName.DOCUMENTS);
    }

    @Test
    void aViewThatFailsIsAFailureAndNotASilence() throws IOException {
        Report report =
                verify(this::honest, toContract(Parsed.bad(new Fault("rpc", "gone", "it"))));

        assertRefused(report, LegName.CONTRACT);
        assertThat(report.leg(LegName.TRUST_ANCHOR).outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aGatewayThatIsAShortWhileBehindIsJudgedByTheHeadOfItsEpoch() throws IOException {
        assertThat(verify(this::honest, toContract(reading(4))).verified()).isTrue();
        assertRefused(
                verify(claiming(c -> withPolicy(c, 3, hash("other"))), toContract(reading(4))),
                LegName.POLICY);
    }

    @Test
    void aGatewayThatIsKeptAtAnOldPolicyIsRefused() throws IOException {
        ContractReading now = reading(4);
        BlockFacts old = new BlockFacts(100, CLAIMED.hash(), NOW.minus(Duration.ofMinutes(16)));
        ContractReading own = withClaimedBlock(now, Optional.of(old));

        assertRefused(verify(this::honest, toContract(own)), LegName.POLICY);
    }

    @Test
    void aBlockThatTheReaderDoesNotKnowIsRefused() throws IOException {
        ContractReading own = reading(3);

        assertRefused(
                verify(this::honest, toContract(withClaimedBlock(own, Optional.empty()))),
                LegName.POLICY);
        assertRefused(
                verify(
                        this::honest,
                        toContract(
                                withClaimedBlock(
                                        own, Optional.of(new BlockFacts(100, hash("fork"), NOW))))),
                LegName.POLICY);
    }

    @Test
    void whatIsNoEvidenceIsRefusedWithItsReason() throws IOException {
        for (String answer :
                List.of(
                        "HTTP/1.1 301 Moved\r\nLocation: https://x/\r\nContent-Length: 0\r\n\r\n",
                        "HTTP/1.1 429 Slow\r\nContent-Length: 4\r\n\r\nslow",
                        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n{}",
                        json("{}"),
                        json("{\"version\":1"),
                        json("[]"),
                        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n",
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 1048577\r\n\r\n")) {
            try (TestEndpoint endpoint = start(TestEndpoint.says(answer))) {
                Report report = verifier(toPin(spki(key)), none()).verify(endpoint(endpoint));

                assertRefused(report, LegName.ANSWER);
                assertThat(report.claims()).isEmpty();
            }
        }
    }

    @Test
    void whereNoConnectionStandsEverythingElseIsNotReached() {
        Endpoint nobody = new Endpoint(HOST, io.attestgate.peer.FreePort.next());
        Report report = verifier(toContract(reading(3)), none()).verify(nobody);

        assertRefused(report, LegName.CONNECTION);
        assertThat(report.leg(LegName.EVIDENCE).outcome()).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void aProgramReadsEveryLegAndTheClaimsOfAVerifiedEndpointOnly() throws IOException {
        Json.Obj good = verify(this::honest, toContract(reading(3))).toJson();
        Json.Obj bad = verify(this::honest, simulatedAllowed()).toJson();

        assertThat(good.get("verified")).contains(new Json.Bool(true));
        assertThat(good.get("claims").orElseThrow()).isInstanceOf(Json.Obj.class);
        assertThat(((Json.Arr) good.get("legs").orElseThrow()).elements())
                .hasSize(LegName.values().length);
        assertThat(bad.get("verified")).contains(new Json.Bool(false));
        assertThat(bad.get("claims")).contains(new Json.Null());
    }

    // The endpoint.

    private EndpointClaims claims(Hash32 nonce) {
        return new EndpointClaims(
                nonce,
                NOW.minusSeconds(1),
                NOW.plusSeconds(60),
                HOST,
                new TlsKeys(spki(key), Optional.empty()),
                new Binding.Spki(),
                Address.parse("0x" + "22".repeat(20)).orElseThrow(),
                httpKey,
                List.of(),
                policy(3, head(3)),
                new DocumentHashes(HOST_DOCUMENT, GATEWAY_DOCUMENT),
                SimulatedEnclave.CONFIG,
                Optional.empty(),
                Optional.empty());
    }

    private EvidenceEnvelope honest(Hash32 nonce) {
        return SimulatedEnclave.attest(claims(nonce));
    }

    private Function<Hash32, EvidenceEnvelope> claiming(UnaryOperator<EndpointClaims> change) {
        return nonce -> SimulatedEnclave.attest(change.apply(claims(nonce)));
    }

    private static PolicyReference policy(long epoch, Hash32 head) {
        return new PolicyReference(31337, CONTRACT, epoch, head, CLAIMED.number(), CLAIMED.hash());
    }

    private static EndpointClaims withPolicy(EndpointClaims c, long epoch, Hash32 head) {
        return rebuilt(c, c.host(), c.issuedAt(), c.notAfter(), policy(epoch, head), c.documents());
    }

    private static EndpointClaims withHost(EndpointClaims c, Hostname host) {
        return rebuilt(c, host, c.issuedAt(), c.notAfter(), c.policy(), c.documents());
    }

    private static EndpointClaims withTime(EndpointClaims c, Instant from, Instant until) {
        return rebuilt(c, c.host(), from, until, c.policy(), c.documents());
    }

    private static EndpointClaims withDocuments(EndpointClaims c, DocumentHashes documents) {
        return rebuilt(c, c.host(), c.issuedAt(), c.notAfter(), c.policy(), documents);
    }

    private static EndpointClaims rebuilt(
            EndpointClaims c,
            Hostname host,
            Instant issuedAt,
            Instant notAfter,
            PolicyReference policy,
            DocumentHashes documents) {
        return new EndpointClaims(
                c.nonce(),
                issuedAt,
                notAfter,
                host,
                c.tlsKeys(),
                c.binding(),
                c.signingKey(),
                c.httpKey(),
                c.acmeAccounts(),
                policy,
                documents,
                c.config(),
                c.gpu(),
                c.instance());
    }

    private TestEndpoint start(TestEndpoint.Script script) throws IOException {
        return TestEndpoint.start(
                key, authority.issue(HOST.value(), key, NOW.minusSeconds(60)), script);
    }

    private static TestEndpoint.Script script(Function<Hash32, EvidenceEnvelope> gateway) {
        return (request, out, end) -> {
            Matcher nonce = NONCE.matcher(request);
            assertThat(nonce.find()).isTrue();
            Hash32 bytes = Hash32.of(Base64Url.parse(nonce.group(1)).orElseThrow());
            String body = new String(gateway.apply(bytes).toBytes(), StandardCharsets.US_ASCII);
            out.write(json(body).getBytes(StandardCharsets.US_ASCII));
        };
    }

    private static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
    }

    private Report verify(Function<Hash32, EvidenceEnvelope> gateway) throws IOException {
        return verify(gateway, toContract(reading(3)));
    }

    private Report verify(Function<Hash32, EvidenceEnvelope> gateway, Expectations expectations)
            throws IOException {
        try (TestEndpoint endpoint = start(script(gateway))) {
            return verifier(expectations, none()).verify(endpoint(endpoint));
        }
    }

    private static EndpointVerifier verifier(Expectations expectations, Optional<Roots> roots) {
        InstantSource clock = InstantSource.fixed(NOW);
        EndpointExchange exchange =
                new EndpointExchange(
                        new EndpointExchange.Settings(
                                Optional.empty(), roots, Duration.ofSeconds(20)),
                        clock);
        return new EndpointVerifier(exchange, expectations, clock, new SecureRandom());
    }

    private Optional<Roots> roots() {
        byte[] pem = authority.rootPem().getBytes(StandardCharsets.US_ASCII);
        return Roots.parse("the authority", pem).toOptional();
    }

    private static Optional<Roots> none() {
        return Optional.empty();
    }

    private static Endpoint endpoint(TestEndpoint endpoint) {
        return new Endpoint(HOST, endpoint.port());
    }

    private static void assertRefused(Report report, LegName by) {
        assertThat(report.verified()).isFalse();
        assertThat(report.leg(by).outcome()).as(report.leg(by).detail()).isEqualTo(Outcome.FAIL);
        assertThat(
                        report.legs().stream()
                                .filter(leg -> leg.outcome() == Outcome.FAIL)
                                .map(Leg::name))
                .as("nothing else fails, but the anchor that it carried")
                .isSubsetOf(by, LegName.TRUST_ANCHOR);
    }

    private static List<LegName> notChecked(Report report) {
        return report.legs().stream()
                .filter(leg -> leg.outcome() == Outcome.NOT_CHECKED)
                .map(Leg::name)
                .toList();
    }

    private static Hash32 spki(KeyPair key) {
        return Hash32.of(Digests.sha256(key.getPublic().getEncoded()));
    }
}
