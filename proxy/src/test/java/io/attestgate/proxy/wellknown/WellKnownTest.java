package io.attestgate.proxy.wellknown;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.certificate.key.AttestedKey;
import io.attestgate.certificate.key.Certificates;
import io.attestgate.certificate.key.KeyEvidence.KeyEvidenceException;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.proxy.respond.LocalAnswer;
import io.attestgate.proxy.respond.LocalRequest;
import io.attestgate.proxy.tls.TlsFacts;
import io.attestgate.verify.claims.AcmeAccount;
import io.attestgate.verify.claims.EndpointClaims;
import io.attestgate.verify.claims.TlsKeys;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit runs the set-up before each test.
final class WellKnownTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00.5Z");
    private static final Hash32 NONCE = Hash32.of(Digests.sha256(new byte[] {9}));
    private static final AcmeAccount ACCOUNT =
            new AcmeAccount(
                    URI.create("https://ca.example/dir"),
                    URI.create("https://ca.example/account/1"),
                    NONCE);

    @TempDir private Path folder;
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOW);
    private final AtomicReference<Optional<Snapshot>> policy =
            new AtomicReference<>(Optional.empty());
    private final AtomicInteger reports = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();
    private AttestedHost host;
    private AnswerKeys answerKeys;
    private WellKnown answers;

    @BeforeEach
    @SuppressWarnings("MustBeClosedChecker") // Closed after each test.
    void open() throws PlatformException, KeyEvidenceException {
        host = new AttestedHost("app.answers.localhost", 1, NOW, folder);
        answerKeys = AnswerKeys.make(new SecureRandom());
        policy.set(Optional.of(host.snapshot()));
        answers =
                new WellKnown(
                        new WellKnownParts(
                                policy::get,
                                host.certificates,
                                () -> List.of(ACCOUNT),
                                answerKeys,
                                AttestedHost.CONFIG,
                                Optional.empty(),
                                this::attest,
                                hash -> Optional.empty(),
                                clock::get),
                        nanos::get,
                        1);
    }

    @AfterEach
    void close() {
        answerKeys.close();
    }

    private CompletionStage<EvidenceEnvelope> attest(byte[] claims) {
        reports.incrementAndGet();
        return failing.get()
                ? CompletableFuture.failedStage(new Exception("no device"))
                : host.attestor.attest(claims);
    }

    @Test
    void theClaimsSayWhatIsServedToThisConnection() {
        LocalAnswer answer = get("evidence", nonce(NONCE));
        EndpointClaims claims = claims(answer);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.headers()).containsEntry("cache-control", "no-store");
        assertThat(claims.nonce()).isEqualTo(NONCE);
        assertThat(claims.issuedAt()).isEqualTo(Instant.parse("2026-01-15T12:00:00Z"));
        assertThat(claims.notAfter()).isEqualTo(Instant.parse("2026-01-15T12:05:00Z"));
        assertThat(claims.host()).isEqualTo(host.host);
        assertThat(claims.tlsKeys())
                .isEqualTo(
                        new TlsKeys(
                                host.current.spkiSha256(), Optional.of(host.next.spkiSha256())));
        assertThat(claims.signingKey()).isEqualTo(answerKeys.signingKey());
        assertThat(claims.httpKey()).isEqualTo(answerKeys.httpKey());
        assertThat(claims.acmeAccounts()).containsExactly(ACCOUNT);
        assertThat(claims.policy().head()).isEqualTo(host.snapshot().point().head());
        assertThat(claims.config()).isEqualTo(AttestedHost.CONFIG);
        assertThat(claims.gpu()).isEmpty();
    }

    @Test
    void aConnectionOfTheKeyBeforeIsToldThatTheServedOneFollows() {
        Hash32 before = Hash32.of(Digests.sha256(new byte[] {1}));
        EndpointClaims claims = claims(ask(request("evidence", nonce(NONCE), before)));

        assertThat(claims.tlsKeys())
                .isEqualTo(new TlsKeys(before, Optional.of(host.current.spkiSha256())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonce=", "nonce=AAAA", "x=1"})
    void aMissingOrWrongNonceIs400AndSaysWhy(String query) {
        LocalAnswer answer = get("evidence", query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).contains("expected: ");
        assertThat(reports).hasValue(0);
    }

    @Test
    void theExporterIsNotOffered() {
        assertThat(get("evidence", nonce(NONCE) + "&binding=exporter").status()).isEqualTo(404);
    }

    @Test
    void theSameQuestionCostsOneReportForAShortWhile() {
        assertThat(get("evidence", nonce(NONCE)).status()).isEqualTo(200);
        assertThat(get("evidence", nonce(NONCE)).status()).isEqualTo(200);
        assertThat(reports).hasValue(1);

        ask(request("evidence", nonce(NONCE), NONCE));
        assertThat(reports).as("another key is another question").hasValue(2);

        nanos.addAndGet(EvidenceAnswer.KEPT_FOR.toNanos());
        assertThat(get("evidence", nonce(NONCE)).status()).isEqualTo(200);
        assertThat(reports).hasValue(3);
    }

    @Test
    void aPlatformThatFailsIs503AndIsAskedAgain() {
        failing.set(true);
        LocalAnswer failed = get("evidence", nonce(NONCE));
        failing.set(false);

        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.headers()).containsEntry("retry-after", "1");
        assertThat(get("evidence", nonce(NONCE)).status()).isEqualTo(200);
    }

    @Test
    void withoutAPolicyInForceThereIsNothingToClaim() {
        policy.set(Optional.empty());
        assertThat(get("evidence", nonce(NONCE)).status()).isEqualTo(503);
        assertThat(get("policy").status()).isEqualTo(503);

        policy.set(Optional.of(host.snapshot()));
        clock.set(host.snapshot().hardStaleAt());
        assertThat(get("evidence", nonce(NONCE)).status()).isEqualTo(503);
        assertThat(get("policy").status()).isEqualTo(503);
    }

    @Test
    void aClientThatAsksTooOftenIsTold() {
        List<Integer> statuses =
                IntStream.range(0, WellKnown.PACE_OF_CLIENT.burst() + 1)
                        .mapToObj(i -> get("keys").status())
                        .toList();
        LocalAnswer last = get("keys");

        assertThat(statuses.subList(0, WellKnown.PACE_OF_CLIENT.burst())).containsOnly(200);
        assertThat(statuses).last().isEqualTo(429);
        assertThat(last.headers()).containsEntry("retry-after", "1");

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(get("keys").status()).isEqualTo(200);
    }

    @Test
    void thePolicyIsTheSnapshotAndTheHashesOfItsDocuments() {
        Json.Obj policyOf = json(get("policy"));
        Enforced enforced = Enforced.of(host.snapshot(), host.host, NOW).orElseThrow();

        assertThat(((Json.Obj) policyOf.get("snapshot").orElseThrow()).get("epoch"))
                .contains(new Json.Int(host.snapshot().point().epoch()));
        assertThat(((Json.Obj) policyOf.get("host").orElseThrow()).get("hash"))
                .contains(new Json.Text(enforced.documents().host().toString()));
        assertThat(((Json.Obj) policyOf.get("gateway").orElseThrow()).get("hash"))
                .contains(new Json.Text(enforced.documents().gateway().toString()));
    }

    @Test
    void theKeysAreThereWithTheirOwnEvidence() {
        Json.Arr replicas = (Json.Arr) json(get("keys")).get("replicas").orElseThrow();
        Json.Obj replica = (Json.Obj) replicas.elements().getFirst();

        assertThat(replica.get("current")).contains(expected(host.current));
        assertThat(replica.get("next")).contains(expected(host.next));

        host.certificates.put(host.host, Certificates.Keys.NONE);
        assertThat(text(get("keys")))
                .isEqualTo("{\"replicas\":[{\"current\":null,\"next\":null}]}");
    }

    private static Json expected(AttestedKey key) {
        EvidenceEnvelope evidence =
                EvidenceEnvelope.parse(key.evidence()).toOptional().orElseThrow();
        return Json.object(
                "spki", Base64Url.write(key.spkiSha256().bytes()), "evidence", evidence.toJson());
    }

    @Test
    void whatIsNotHereIsNothingAndOnlyReadingIsAllowed() {
        assertThat(answers.answer(request("other", "", host.current.spkiSha256()))).isEmpty();
        assertThat(get("keys", "x=1").status()).isEqualTo(400);

        LocalRequest read = request("keys", "", host.current.spkiSha256());
        LocalRequest write =
                new LocalRequest(
                        read.host(),
                        "POST",
                        read.path(),
                        read.query(),
                        read.client(),
                        read.connection());
        assertThat(ask(write).status()).isEqualTo(405);
        assertThat(ask(write).headers()).containsEntry("allow", "GET, HEAD");
    }

    private static String nonce(Hash32 nonce) {
        return "nonce=" + Base64Url.write(nonce.bytes());
    }

    private LocalAnswer get(String name) {
        return get(name, "");
    }

    private LocalAnswer get(String name, String query) {
        return ask(request(name, query, host.current.spkiSha256()));
    }

    private LocalRequest request(String name, String query, Hash32 spki) {
        return new LocalRequest(
                host.host,
                "GET",
                WellKnown.PREFIX + name,
                Optional.of(query).filter(q -> !q.isEmpty()),
                InetAddress.getLoopbackAddress(),
                new TlsFacts(host.host, spki, "TLSv1.3", "http/1.1"));
    }

    private LocalAnswer ask(LocalRequest request) {
        return answers.answer(request).orElseThrow().toCompletableFuture().join();
    }

    private static EndpointClaims claims(LocalAnswer answer) {
        return EvidenceEnvelope.parse(answer.body())
                .then(envelope -> EndpointClaims.parse(envelope.claims()))
                .toOptional()
                .orElseThrow();
    }

    private static Json.Obj json(LocalAnswer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return (Json.Obj) JsonReader.parse(answer.body(), 1 << 20).toOptional().orElseThrow();
    }

    private static String text(LocalAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
