package io.attestgate.certificate.renewal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.certificate.order.ChallengeType;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.Halt;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.Grounds;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import io.attestgate.wire.Address;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WantedTest {
    private static final Instant BLOCK_TIME = Instant.parse("2026-05-01T12:00:00Z");
    private static final String GATEWAY =
            """
            {"domain": "", "platforms": ["simulated"], "tcbStates": ["unjudged"],
             "instances": "any", "authorities": ["https://ca.example/dir", "https://b.example/dir"],
             "evidence": {"require": [{"kind": "simulated", "roots": ["development"]}],
                          "atLeast": 1},
             "staleness": {"soft": "30m", "hard": "4h"},
             "rollbackRisk": "accepted", "sealing": "platform"}
            """;
    private static final String DOMAIN =
            """
            {"domain": "%s",
             "certificate": {"authorities": ["https://b.example/dir", "https://ca.example/dir"],
                             "challenges": ["http-01", "tls-alpn-01"],
                             "keyType": "ec-p256", "renewal": {"atLifePercent": 50}},
             "routes": [{"upstreams": [{"url": "http://10.0.0.1:3000",
                                        "upstreamTls": "none-accepted"}]}]}
            """;

    @Test
    void aSnapshotSaysWhichNamesAreToHaveACertificateAndOnWhatTerms() {
        Wanted wanted = wanted();
        CertificateTerms terms = terms(wanted, "live.example").orElseThrow();
        assertThat(terms.authorities())
                .containsExactly(
                        URI.create("https://b.example/dir"), URI.create("https://ca.example/dir"));
        assertThat(terms.challenges())
                .containsExactly(ChallengeType.HTTP_01, ChallengeType.TLS_ALPN_01);
        assertThat(terms.renewAtLifePercent()).isEqualTo(50);
        assertThat(wanted.ordersUntil()).isEqualTo(BLOCK_TIME.plus(Duration.ofMinutes(30)));
    }

    @Test
    void aHaltedOrUnusableNameKeepsWhatItHasAndAWithdrawnOneDoesNot() {
        Wanted wanted = wanted();
        assertThat(terms(wanted, "halted.example")).isEmpty();
        assertThat(terms(wanted, "bad.example")).isEmpty();
        assertThat(wanted.names().keySet())
                .containsExactlyInAnyOrder(
                        new Hostname("live.example"),
                        new Hostname("halted.example"),
                        new Hostname("bad.example"));
    }

    @Test
    void aWildcardIsToHaveOneAndCannot() {
        assertThat(wanted().wildcards()).containsExactly("*.live.example");
    }

    @Test
    void afterAFailureAnotherChallengeComesFirst() {
        CertificateTerms terms = terms(wanted(), "live.example").orElseThrow();
        assertThat(terms.challengesAfter(1))
                .containsExactly(ChallengeType.TLS_ALPN_01, ChallengeType.HTTP_01);
        assertThat(terms.challengesAfter(2)).isEqualTo(terms.challenges());
    }

    private static Optional<CertificateTerms> terms(Wanted wanted, String name) {
        return Objects.requireNonNull(wanted.names().get(new Hostname(name)), name);
    }

    private static Wanted wanted() {
        Map<PolicyName, NameEntry> names = new HashMap<>();
        names.put(PolicyName.GATEWAY, NameEntry.published(document(GATEWAY)));
        names.put(new PolicyName("live.example"), published("live.example"));
        names.put(new PolicyName("*.live.example"), published("*.live.example"));
        names.put(
                new PolicyName("bad.example"),
                NameEntry.published(StoredDocument.of("{}".getBytes(UTF_8))));
        names.put(
                new PolicyName("halted.example"),
                new NameEntry(
                        NameEntry.Status.PUBLISHED,
                        Optional.of(document(DOMAIN.formatted("halted.example"))),
                        Optional.empty(),
                        Optional.of(
                                new Halt(
                                        BLOCK_TIME.minusSeconds(60),
                                        BLOCK_TIME.plusSeconds(60),
                                        Optional.empty(),
                                        1))));
        names.put(
                new PolicyName("gone.example"),
                new NameEntry(
                        NameEntry.Status.WITHDRAWN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        PolicyPoint point =
                new PolicyPoint(
                        31337,
                        Address.of(new byte[20]),
                        1,
                        Hash32.ZERO,
                        1,
                        Hash32.ZERO,
                        BLOCK_TIME);
        Enforcer enforcer = Enforcer.simulated(Enforcer.Rollback.UNPROTECTED);
        return Wanted.of(
                new SnapshotBuilder(enforcer)
                        .next(Optional.empty(), PolicyReading.of(point, names))
                        .on(Grounds.fulfilled()));
    }

    private static NameEntry published(String name) {
        return NameEntry.published(document(DOMAIN.formatted(name)));
    }

    private static StoredDocument document(String text) {
        Json json = JsonReader.parse(text.getBytes(UTF_8), 1 << 16).toOptional().orElseThrow();
        return StoredDocument.of(CanonicalJson.write(json));
    }
}
