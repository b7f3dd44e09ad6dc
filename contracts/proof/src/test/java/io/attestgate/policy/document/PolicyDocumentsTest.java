package io.attestgate.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.attestgate.policy.document.HeaderEdits.HeaderField;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyDocumentsTest {
    private static final PolicyName APP = new PolicyName("app.example");

    @Test
    void aFullDocumentIsReadWhole() {
        DomainDocument document = domain(Documents.bytes(Documents.domain()));

        assertThat(document.domain()).isEqualTo(APP);
        assertThat(document.platforms()).contains(Set.of("simulated"));
        assertThat(document.tlsVersions()).contains(Set.of(TlsVersion.TLS_1_3));
        assertThat(document.certificate())
                .isEqualTo(
                        new CertificateRule(
                                List.of(URI.create("https://acme.example/directory")),
                                List.of(Challenge.TLS_ALPN_01, Challenge.HTTP_01),
                                KeyType.EC_P256,
                                50));
        assertThat(document.bounds().timeouts())
                .isEqualTo(
                        new Timeouts(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(10)));
        assertThat(document.bounds().limits()).isEqualTo(new Limits(1 << 20, 1 << 30, 16 << 10));
        assertThat(document.hsts().map(Hsts::fieldValue))
                .contains("max-age=31536000; includeSubDomains; preload");
        assertThat(document.redirects())
                .extracting(Redirect::location, Redirect::status)
                .containsExactly(
                        tuple("/new", 301), tuple("https://docs.example/start?from=app", 308));
    }

    @Test
    void aFullRouteIsReadWhole() {
        RouteDocument route = domain(Documents.bytes(Documents.domain())).routes().getFirst();

        assertThat(route.match())
                .isEqualTo(
                        new Match(
                                new PathMatch.Prefix("/api"),
                                Set.of("GET", "POST"),
                                List.of(
                                        new HeaderMatch("x-version", Optional.of("2")),
                                        new HeaderMatch("x-beta", Optional.empty()))));
        assertThat(route.upstreams())
                .containsExactly(
                        new Upstream(URI.create("http://10.0.0.1:3000"), 3, new UpstreamTls.None()),
                        new Upstream(
                                URI.create("https://api.internal"),
                                1,
                                new UpstreamTls.Verified(
                                        List.of(new UpstreamTls.Root.WebPki()),
                                        Optional.of(new Hostname("api.example")))));
        assertThat(route.upstreams()).extracting(Upstream::port).containsExactly(3000, 443);
        assertThat(route.bounds().values())
                .isEqualTo(
                        Map.of(
                                Bound.FIRST_BYTE, 30_000L,
                                Bound.REQUEST_BODY, 2L << 20,
                                Bound.ATTEMPTS, 0L));
        assertThat(route.headers().request())
                .isEqualTo(
                        new HeaderEdits(
                                List.of("x-debug"),
                                List.of(new HeaderField("x-tenant", "app")),
                                List.of(new HeaderField("x-tag", "a b"))));
    }

    @Test
    void theSmallestDocumentsHaveTheDefaultsOfACarefulOperator() {
        DomainDocument document =
                domain(
                        utf8(
                                """
                                {"certificate":{"authorities":["https://acme.example/dir"]},\
                                "domain":"app.example","routes":[{"upstreams":[{"tls":{"roots":\
                                ["web-pki"]},"url":"https://10.0.0.1"}]}]}\
                                """));

        assertThat(document.certificate().challenges()).containsExactly(Challenge.TLS_ALPN_01);
        assertThat(document.bounds()).isEqualTo(Bounds.NONE);
        assertThat(document.routes().getFirst().match().path())
                .isEqualTo(new PathMatch.Prefix("/"));
        GatewayDocument gateway =
                PolicyDocuments.parseGateway(
                                utf8(
                                        """
                                        {"authorities":["https://acme.example/dir"],"domain":"",\
                                        "evidence":{"atLeast":1,"require":[{"kind":"simulated",\
                                        "roots":["development"]}]},"instances":"any",\
                                        "platforms":["simulated"],"tcbStates":["unjudged"]}\
                                        """))
                        .toOptional()
                        .orElseThrow();
        assertThat(gateway.ceilings()).isEqualTo(Bounds.USUAL_CEILINGS);
        assertThat(gateway.defaults()).isEqualTo(Bounds.USUAL);
        assertThat(gateway.logs()).isEqualTo(LogRule.PRIVATE);
        assertThat(gateway.rollbackRisk()).isEqualTo(RollbackRisk.REFUSED);
        assertThat(gateway.staleness()).isEqualTo(Staleness.USUAL);
        assertThat(gateway.heartbeat()).isEmpty();
    }

    @Test
    void aKeyProviderIsTrustedOnlyWhereHeIsWritten() {
        Json none =
                Documents.with(
                        Documents.with(Documents.gateway(), "$.sealing", Optional.empty()),
                        "$.keyProviders",
                        Optional.empty());

        assertThat(keyProviders(none)).isEmpty();
        assertThat(keyProviders(Documents.with(none, "$.sealing", "\"platform\""))).isEmpty();
        assertThat(keyProviders(Documents.gateway()))
                .containsExactlyInAnyOrder(
                        new KeyProvider("kms", "3059301306"), new KeyProvider("local-sgx", "ab"));
    }

    private static Set<KeyProvider> keyProviders(Json gateway) {
        return PolicyDocuments.parseGateway(Documents.bytes(gateway))
                .toOptional()
                .orElseThrow()
                .keyProviders();
    }

    @Test
    void aHeartbeatThatIsAskedForHasUsualBoundsWhereNoneIsWritten() {
        Json asked = Documents.with(Documents.gateway(), "$.heartbeat", "{}");
        Json briefly = Documents.with(Documents.gateway(), "$.heartbeat", "{\"hard\":\"1h\"}");

        assertThat(heartbeat(asked)).isEqualTo(HeartbeatRule.USUAL);
        assertThat(heartbeat(briefly).soft()).isEqualTo(Duration.ofHours(1));
    }

    private static HeartbeatRule heartbeat(Json gateway) {
        return PolicyDocuments.parseGateway(Documents.bytes(gateway))
                .toOptional()
                .flatMap(GatewayDocument::heartbeat)
                .orElseThrow();
    }

    @Test
    void theGatewaysDefaultsStayBelowItsCeilings() {
        byte[] lower =
                Documents.bytes(
                        Documents.with(
                                Documents.with(Documents.gateway(), "$.defaults", Optional.empty()),
                                "$.limits.requestBody",
                                "\"1KiB\""));

        GatewayDocument gateway = PolicyDocuments.parseGateway(lower).toOptional().orElseThrow();

        assertThat(gateway.defaults().get(Bound.REQUEST_BODY)).contains(1024L);
    }

    @Test
    void everyFaultIsListedNotTheFirstAlone() {
        byte[] bad =
                utf8(
                        """
                        {"certificate":{"authorities":["http://a"],"keyType":"rsa"},\
                        "domain":"b.example","extra":1,"routes":[{"upstreams":[{"url":\
                        "http://10.0.0.1","weight":0}]}],"timeouts":{"connect":"x"}}\
                        """);

        assertThat(PolicyDocuments.parseDomain(APP, bad).faults())
                .extracting(Fault::path)
                .containsExactlyInAnyOrder(
                        "$.domain",
                        "$.certificate.authorities[0]",
                        "$.certificate.keyType",
                        "$.timeouts.connect",
                        "$.routes[0].upstreams[0].url",
                        "$.routes[0].upstreams[0].weight",
                        "$");
    }

    @Test
    void anotherSpellingOfTheSameDocumentIsRefused() {
        String canonical = new String(Documents.bytes(Documents.domain()), StandardCharsets.UTF_8);

        assertThat(refused(utf8(canonical + "\n"))).isTrue();
        assertThat(refused(utf8(canonical.replaceFirst(":", ": ")))).isTrue();
        assertThat(refused(utf8(canonical.replaceFirst("app", "\\\\u0061pp")))).isTrue();
        assertThat(refused(utf8("\ufeff" + canonical))).isTrue();
    }

    @Test
    void duplicateKeysAndAbsurdNumbersAreRefused() {
        assertThat(refused(utf8("{\"domain\":\"app.example\",\"domain\":\"app.example\"}")))
                .isTrue();
        assertThat(refused(utf8("{\"domain\":1e400}"))).isTrue();
        assertThat(refused(utf8("{\"domain\":9007199254740993}"))).isTrue();
        assertThat(refused(utf8("[".repeat(20_000)))).isTrue();
        assertThat(refused(new byte[0])).isTrue();
        assertThat(refused(new byte[PolicyDocuments.DOCUMENT_BYTES_MAX + 1])).isTrue();
    }

    @Test
    void aWildcardIsRefusedForWantOfItsChallenge() {
        PolicyName wildcard = new PolicyName("*.app.example");
        byte[] bytes =
                Documents.bytes(
                        Documents.with(
                                Documents.domain(), "$.domain", "\"" + wildcard.value() + "\""));

        assertThat(PolicyDocuments.parseDomain(wildcard, bytes).faults())
                .extracting(Fault::path)
                .containsExactly("$.certificate");
    }

    private static boolean refused(byte[] bytes) {
        return PolicyDocuments.parseDomain(APP, bytes) instanceof Parsed.Bad;
    }

    private static DomainDocument domain(byte[] bytes) {
        Parsed<DomainDocument> parsed = PolicyDocuments.parseDomain(APP, bytes);
        assertThat(parsed.faults()).isEmpty();
        return parsed.toOptional().orElseThrow();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
