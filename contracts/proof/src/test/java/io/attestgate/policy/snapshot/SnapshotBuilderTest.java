package io.attestgate.policy.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.document.Documents;
import io.attestgate.policy.document.EvidenceRoot;
import io.attestgate.policy.document.Hsts;
import io.attestgate.policy.document.KeyProvider;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.document.RollbackRisk;
import io.attestgate.policy.document.TcbState;
import io.attestgate.policy.document.TlsVersion;
import io.attestgate.policy.read.Halt;
import io.attestgate.policy.snapshot.DomainState.Halted;
import io.attestgate.policy.snapshot.DomainState.LastGood;
import io.attestgate.policy.snapshot.DomainState.Live;
import io.attestgate.policy.snapshot.DomainState.Unusable;
import io.attestgate.policy.snapshot.DomainState.Withdrawn;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotBuilderTest {
    private static final byte[] BAD = "{\"domain\":1}".getBytes(StandardCharsets.UTF_8);

    /** Of the tests' gateway document. */
    private static final Duration HARD = Duration.ofHours(4);

    private final SnapshotBuilder builder = new SnapshotBuilder(Policies.SIMULATED);

    @Test
    void aDomainIsLiveWithWhatItsDocumentAndTheGatewaysSay() {
        Snapshot snapshot = first(Policies.usual());

        DomainPolicy policy = live(snapshot, "app.example");
        assertThat(policy.tlsVersions()).containsExactly(TlsVersion.TLS_1_3);
        assertThat(policy.limits().requestBodyBytesMax()).isEqualTo(1 << 20);
        assertThat(policy.limits().requestHeaderBytesMax()).isEqualTo(16 << 10);
        assertThat(policy.hsts()).isEqualTo(new Hsts(Duration.ofDays(365), true, true));
        assertThat(policy.routes()).hasSize(2);
        Route api = policy.routes().getFirst();
        assertThat(api.timeouts().firstByte()).isEqualTo(Duration.ofSeconds(30));
        assertThat(api.timeouts().idle()).isEqualTo(Duration.ofSeconds(30));
        assertThat(api.limits().requestBodyBytesMax()).isEqualTo(2 << 20);
        assertThat(api.retries().attemptsMax()).isZero();
        assertThat(policy.gatewayHash()).isEqualTo(snapshot.gatewayHash().orElseThrow());
        assertThat(snapshot.hardStaleAt()).isEqualTo(Policies.START.plus(HARD));
        assertThat(snapshot.softStaleAt()).isEqualTo(Policies.START.plus(Duration.ofMinutes(30)));
    }

    @Test
    void whatADomainLeavesOpenIsTheGatewaysDefault() {
        Json bare = Policies.domain("app.example");
        for (String field : List.of("timeouts", "limits", "retries", "hsts", "tls")) {
            bare = Documents.with(bare, "$." + field, Optional.empty());
        }
        Snapshot snapshot = first(Policies.usual().with("app.example", bare));

        DomainPolicy policy = live(snapshot, "app.example");
        assertThat(policy.limits().requestBodyBytesMax()).isEqualTo(8 << 20);
        assertThat(policy.routes().get(1).timeouts().connect()).isEqualTo(Duration.ofSeconds(3));
        assertThat(policy.routes().get(1).retries().attemptsMax()).isEqualTo(1);
        assertThat(policy.hsts().maxAge()).isEqualTo(Duration.ofDays(30));
        assertThat(policy.tlsVersions()).isEqualTo(Set.of(TlsVersion.values()));
    }

    @Test
    void aBadDocumentHarmsNoOtherName() {
        Snapshot snapshot =
                first(
                        Policies.usual()
                                .with("bad.example", BAD)
                                .with("b.example", Policies.domain("b.example")));

        assertThat(state(snapshot, "bad.example")).isInstanceOf(Unusable.class);
        assertThat(state(snapshot, "app.example")).isInstanceOf(Live.class);
        assertThat(state(snapshot, "b.example")).isInstanceOf(Live.class);
    }

    @Test
    void aNameWhoseDocumentTurnsBadKeepsTheLastGoodOneUntilTheBoundThenIsUnusable() {
        Snapshot good = first(Policies.usual());
        Policies bad = Policies.usual().with("app.example", BAD);
        Snapshot proven = next(good, bad, Duration.ofHours(1));
        Snapshot later = next(proven, bad, Duration.ofHours(4));
        Snapshot after = next(later, bad, Duration.ofHours(5));

        LastGood lastGood = (LastGood) state(proven, "app.example");
        assertThat(lastGood.policy()).isEqualTo(live(good, "app.example"));
        assertThat(lastGood.until()).isEqualTo(Policies.START.plusSeconds(5 * 3600));
        assertThat(lastGood.faults()).isNotEmpty();
        assertThat(state(later, "app.example")).isEqualTo(lastGood);
        assertThat(state(after, "app.example")).isInstanceOf(Unusable.class);
    }

    @Test
    void anotherBadDocumentDoesNotMoveTheBound() {
        Snapshot good = first(Policies.usual());
        Snapshot bad = next(good, Policies.usual().with("app.example", BAD), Duration.ofHours(1));
        Snapshot worse =
                next(
                        bad,
                        Policies.usual().with("app.example", new byte[] {1}),
                        Duration.ofHours(2));

        assertThat(((LastGood) state(worse, "app.example")).until())
                .isEqualTo(((LastGood) state(bad, "app.example")).until());
    }

    @Test
    void aGoodDocumentAfterABadOneIsLiveAtOnce() {
        Snapshot bad =
                next(
                        first(Policies.usual()),
                        Policies.usual().with("app.example", BAD),
                        Duration.ofHours(1));

        assertThat(state(next(bad, Policies.usual(), Duration.ofHours(2)), "app.example"))
                .isInstanceOf(Live.class);
    }

    @Test
    void aWithdrawnNameIsATombstoneAndForgetsItsLastGoodDocument() {
        Snapshot gone =
                next(
                        first(Policies.usual()),
                        Policies.usual().withdrawn("app.example"),
                        Duration.ofHours(1));
        Snapshot bad = next(gone, Policies.usual().with("app.example", BAD), Duration.ofHours(2));

        assertThat(state(gone, "app.example")).isEqualTo(new Withdrawn());
        assertThat(state(bad, "app.example")).isInstanceOf(Unusable.class);
    }

    @Test
    void withoutAGatewaysDocumentNothingIsUsable() {
        Policies none = new Policies().with("app.example", Documents.domain());

        assertThat(state(first(none), "app.example")).isInstanceOf(Unusable.class);
        assertThat(
                        state(
                                next(
                                        first(Policies.usual()),
                                        Policies.usual().withdrawn(""),
                                        Duration.ofHours(1)),
                                "app.example"))
                .isInstanceOf(Unusable.class);
    }

    @Test
    void aBadGatewaysDocumentIsSurvivedByTheLastGoodOneForAllNames() {
        Policies bad = Policies.usual().with("", BAD);
        Snapshot proven = next(first(Policies.usual()), bad, Duration.ofHours(1));
        Snapshot after = next(proven, bad, Duration.ofHours(6));

        assertThat(state(proven, "app.example")).isInstanceOf(LastGood.class);
        assertThat(((LastGood) state(proven, "app.example")).until())
                .isEqualTo(Policies.START.plus(Duration.ofHours(1)).plus(HARD));
        assertThat(proven.gatewayFaults()).isNotEmpty();
        assertThat(state(after, "app.example")).isInstanceOf(Unusable.class);
    }

    @Test
    void anAuthorityThatTheGatewayTakesBackIsGoneAtOnce() {
        Policies narrowed =
                Policies.usual()
                        .with(
                                "",
                                Documents.with(
                                        Documents.gateway(),
                                        "$.authorities",
                                        "[\"https://other.example/dir\"]"));

        assertThat(
                        state(
                                next(first(Policies.usual()), narrowed, Duration.ofHours(1)),
                                "app.example"))
                .isInstanceOf(Unusable.class);
    }

    @Test
    void aCeilingThatTheGatewayLowersHoldsAtOnceAndTheNameServesOnUntilTheBound() {
        Policies lowered =
                Policies.usual()
                        .with(
                                "",
                                Documents.with(
                                        Documents.with(
                                                Documents.gateway(),
                                                "$.limits.requestBody",
                                                "\"1MiB\""),
                                        "$.defaults.limits",
                                        Optional.empty()));
        Snapshot snapshot = next(first(Policies.usual()), lowered, Duration.ofHours(1));

        LastGood state = (LastGood) state(snapshot, "app.example");
        assertThat(state.policy().routes().getFirst().limits().requestBodyBytesMax())
                .isEqualTo(1 << 20);
        assertThat(state.faults())
                .extracting(Fault::path)
                .containsExactly("$.routes[0].limits.requestBody");
    }

    @Test
    void aDomainThatWidensIsBadWithEachWidening() {
        Json wide = Documents.domain();
        wide = Documents.with(wide, "$.platforms", "[\"simulated\",\"sgx\"]");
        wide = Documents.with(wide, "$.tcbStates", "[\"unjudged\",\"out-of-date\"]");
        wide =
                Documents.with(
                        wide,
                        "$.certificate.authorities",
                        "[\"https://acme.example/directory\",\"https://other.example/dir\"]");
        wide = Documents.with(wide, "$.limits.requestBody", "\"2GiB\"");
        wide = Documents.with(wide, "$.routes[0].timeouts.total", "\"3h\"");

        assertThat(
                        PolicyCheck.check(
                                        new PolicyName("app.example"),
                                        Documents.bytes(wide),
                                        Documents.bytes(Documents.gateway()))
                                .faults())
                .extracting(Fault::path)
                .containsExactlyInAnyOrder(
                        "$.platforms",
                        "$.tcbStates",
                        "$.certificate.authorities[1]",
                        "$.limits.requestBody",
                        "$.routes[0].timeouts.total");
    }

    @Test
    void aPolicyThatDoesNotAcceptThisPlatformIsObeyedAtOnce() {
        Policies elsewhere =
                Policies.usual()
                        .with("", Documents.with(Documents.gateway(), "$.platforms", "[\"tdx\"]"));
        Policies up =
                Policies.usual()
                        .with(
                                "",
                                Documents.with(
                                        Documents.gateway(), "$.tcbStates", "[\"up-to-date\"]"));
        Policies domain =
                Policies.usual()
                        .with(
                                "app.example",
                                Documents.with(Documents.domain(), "$.platforms", "[\"tdx\"]"));

        for (Policies refused : List.of(elsewhere, up, domain)) {
            assertThat(
                            state(
                                    next(first(Policies.usual()), refused, Duration.ofHours(1)),
                                    "app.example"))
                    .isInstanceOf(Unusable.class);
        }
    }

    @Test
    void evidenceThatEndsInARootThatIsNotNamedServesNothing() {
        EvidenceRoot intel = new EvidenceRoot("intel-sgx", Hash32.of(new byte[32]));
        EvidenceRoot own = new EvidenceRoot("0x" + "11".repeat(32), hash("11"));
        Hash32 second = hash("22");

        assertThat(rootFaults(Set.of(intel), "\"intel-sgx\"")).isEmpty();
        assertThat(rootFaults(Set.of(intel), "\"" + Hash32.ZERO + "\"")).isEmpty();
        assertThat(rootFaults(Set.of(own), "\"" + own.sha256() + "\",\"intel-sgx\"")).isEmpty();
        assertThat(rootFaults(Set.of(intel), "\"" + second + "\"")).containsExactly("$.evidence");
        assertThat(rootFaults(Set.of(intel, own), "\"intel-sgx\"")).containsExactly("$.evidence");
        assertThat(rootFaults(Set.of(), "\"intel-sgx\"")).containsExactly("$.evidence");
    }

    private static Hash32 hash(String digits) {
        return Hash32.parse("0x" + digits.repeat(32)).orElseThrow();
    }

    private static List<String> rootFaults(Set<EvidenceRoot> ends, String accepted) {
        Json gateway =
                Documents.with(
                        Documents.with(Documents.gateway(), "$.platforms", "[\"tdx\"]"),
                        "$.evidence",
                        """
                        {"atLeast":1,"require":[{"kind":"tdx","roots":[%s]}]}\
                        """
                                .formatted(accepted));
        Enforcer domain =
                new Enforcer(
                        "tdx",
                        TcbState.UNJUDGED,
                        ends,
                        Optional.empty(),
                        Enforcer.Rollback.TRUSTED_REGISTER);
        return new SnapshotBuilder(domain)
                        .next(
                                Optional.empty(),
                                Policies.usual().with("", gateway).after(Duration.ZERO))
                        .gatewayFaults()
                        .stream()
                        .map(Fault::path)
                        .toList();
    }

    @Test
    void anEnclaveWhoseKeyProviderIsNotNamedServesNothing() {
        KeyProvider named = new KeyProvider("kms", "3059301306");
        KeyProvider other = new KeyProvider("kms", "3059301307");
        Policies local =
                Policies.usual()
                        .with(
                                "",
                                Documents.with(
                                        Documents.with(
                                                Documents.gateway(), "$.sealing", Optional.empty()),
                                        "$.keyProviders",
                                        Optional.empty()));

        assertThat(sealedUnder(named, Policies.usual()).gatewayFaults()).isEmpty();
        assertThat(state(sealedUnder(named, Policies.usual()), "app.example"))
                .isInstanceOf(Live.class);
        for (Snapshot refused :
                List.of(sealedUnder(other, Policies.usual()), sealedUnder(named, local))) {
            assertThat(refused.gateway()).isEmpty();
            assertThat(refused.gatewayFaults())
                    .extracting(Fault::path)
                    .containsExactly("$.keyProviders");
            assertThat(state(refused, "app.example")).isInstanceOf(Unusable.class);
        }
        assertThat(first(local).gatewayFaults()).isEmpty();
    }

    private static Snapshot sealedUnder(KeyProvider provider, Policies policies) {
        return new SnapshotBuilder(Policies.SIMULATED.withKeyProvider(provider))
                .next(Optional.empty(), policies.after(Duration.ZERO));
    }

    @Test
    void whereTheRiskIsNotAcceptedByNameWhatIsReadIsGoodAndABeatIsOwed() {
        SnapshotBuilder unprotected =
                new SnapshotBuilder(Enforcer.simulated(Enforcer.Rollback.UNPROTECTED));
        Policies refusing =
                Policies.usual()
                        .with(
                                "",
                                Documents.with(
                                        Documents.gateway(), "$.rollbackRisk", Optional.empty()));

        Snapshot refused = unprotected.next(Optional.empty(), refusing.after(Duration.ZERO));
        Snapshot accepted =
                unprotected.next(Optional.empty(), Policies.usual().after(Duration.ZERO));

        assertThat(refused.gatewayFaults()).isEmpty();
        assertThat(state(refused, "app.example")).isInstanceOf(Live.class);
        assertThat(refused.heartbeatDuty().beforeServing()).isTrue();
        assertThat(accepted.gateway().orElseThrow().rollbackRisk())
                .isEqualTo(RollbackRisk.ACCEPTED);
        assertThat(accepted.heartbeatDuty().beforeServing()).isFalse();
    }

    @Test
    void aHaltEndsByTheProvenTimeAlone() {
        Halt halt =
                new Halt(
                        Policies.START,
                        Policies.START.plus(Duration.ofDays(2)),
                        Optional.empty(),
                        9);
        Policies halted = Policies.usual().halted("example", halt);

        Snapshot during = first(halted);
        Snapshot after = next(during, halted, Duration.ofDays(2));

        assertThat(state(during, "app.example")).isEqualTo(new Halted(halt.until()));
        assertThat(during.domains().get(new PolicyName("app.example")))
                .isEqualTo(new Halted(halt.until()));
        assertThat(state(after, "app.example")).isInstanceOf(Live.class);
        assertThat(after.domains()).isNotSameAs(during.domains());
    }

    @Test
    void whereNothingDiffersTheVeryMapIsKept() {
        Snapshot first = first(Policies.usual());

        assertThat(next(first, Policies.usual(), Duration.ofHours(1)).domains())
                .isSameAs(first.domains());
        assertThat(
                        next(
                                        first,
                                        Policies.usual()
                                                .with("b.example", Policies.domain("b.example")),
                                        Duration.ofHours(1))
                                .domains())
                .isNotSameAs(first.domains());
    }

    @Test
    void aNameThatThePolicyDoesNotHaveIsNone() {
        assertThat(first(Policies.usual()).lookup(new Hostname("other.example"))).isEmpty();
        assertThat(first(Policies.usual()).lookup(new Hostname("x.app.example"))).isEmpty();
    }

    private Snapshot first(Policies policies) {
        return builder.next(Optional.empty(), policies.after(Duration.ZERO));
    }

    private Snapshot next(Snapshot before, Policies policies, Duration at) {
        return builder.next(Optional.of(before), policies.after(at));
    }

    private static DomainPolicy live(Snapshot snapshot, String host) {
        return ((Live) state(snapshot, host)).policy();
    }

    private static DomainState state(Snapshot snapshot, String host) {
        return snapshot.lookup(new Hostname(host)).orElseThrow();
    }
}
