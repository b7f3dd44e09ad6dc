package io.attestgate.certificate.renewal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.certificate.account.Accounts;
import io.attestgate.certificate.account.AcmeTransport;
import io.attestgate.certificate.account.AuthorityRoots;
import io.attestgate.certificate.account.MemoryEntries;
import io.attestgate.certificate.account.SealedEntries;
import io.attestgate.certificate.account.SealedEntries.Changes;
import io.attestgate.certificate.challenge.Challenges;
import io.attestgate.certificate.key.Certificates;
import io.attestgate.certificate.key.ServingCertificate;
import io.attestgate.certificate.order.ChallengeType;
import io.attestgate.certificate.renewal.NameStatus.Phase;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.http.RetryAfter;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the keeper does when authorities, clocks and policies misbehave; time stands by hand. */
final class CertificateKeeperTest {
    private static final Hostname NAME = new Hostname("a.example");

    private final ManualClock clock = new ManualClock();
    private final TestEvidence evidence = new TestEvidence();
    private final MemoryEntries accountState = new MemoryEntries();
    private final MemoryEntries nameState = new MemoryEntries();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Certificates certificates = new Certificates(clock);
    private final FakeAuthority authority;
    private final FakeAuthority second;

    CertificateKeeperTest() throws Exception {
        authority = FakeAuthority.open(clock);
        second = FakeAuthority.open(clock);
    }

    @BeforeEach
    void own() {
        open.add(authority);
        open.add(second);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void aRateLimitIsWaitedForInTheAuthoritysOwnWordsAlsoAcrossARestart() {
        authority.rateLimitRetryAfter = Optional.of("7200");
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        NameStatus status = run(keeper, Duration.ZERO);
        assertThat(status.phase()).isEqualTo(Phase.FAILING);
        assertThat(status.lastFailure().orElseThrow().type()).endsWith(":rateLimited");
        assertThat(status.lastFailure().orElseThrow().detail())
                .isEqualTo("too many certificates already issued");
        assertThat(status.nextAttempt()).contains(clock.instant().plusSeconds(7200));
        CertificateKeeper restarted = keeper();
        restarted.want(wanted(authority));
        run(restarted, Duration.ofSeconds(7199));
        assertThat(authority.ordersAsked).isEqualTo(1);
        authority.rateLimitRetryAfter = Optional.empty();
        assertThat(runUntilServed(restarted).phase()).isEqualTo(Phase.SERVING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "Thu, 01 Jan 2099 00:00:00 GMT"})
    void noRetryAfterKeepsUsLongerThanADay(String field) {
        authority.rateLimitRetryAfter = Optional.of(field);
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        NameStatus status = run(keeper, Duration.ZERO);
        assertThat(status.nextAttempt()).contains(clock.instant().plus(RetryAfter.WAIT_MAX));
    }

    @Test
    void theNextAuthorityIsAskedWhileTheFirstIsLeftAlone() {
        authority.rateLimitRetryAfter = Optional.of("7200");
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority, second));
        assertThat(runUntilServed(keeper).certificate().orElseThrow().authority())
                .isEqualTo(second.directory());
        assertThat(keeper.accounts()).hasSize(2);
    }

    @Test
    void anAuthorityThatIsDownIsAskedAgainWithGrowingPatience() {
        authority.down = true;
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        Duration before = Duration.ZERO;
        for (int i = 0; i < 12; i++) {
            NameStatus status = run(keeper, before);
            before = Duration.between(clock.instant(), status.nextAttempt().orElseThrow());
        }
        assertThat(before).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(10));
        assertThat(keeper.outcomes().total(Outcome.AUTHORITY_UNREACHABLE)).isEqualTo(12);
        authority.down = false;
        assertThat(runUntilServed(keeper).lastFailure()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void anAuthorityThatTalksNonsenseIsAFailureOfItsOwn(String body) {
        authority.garbage = Optional.of(body);
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        assertThat(run(keeper, Duration.ZERO).lastFailure()).isPresent();
        assertThat(keeper.outcomes().total(Outcome.ORDER_PLACED)).isZero();
    }

    static Stream<String> nonsense() {
        int deep = 50_000;
        return Stream.of(
                "",
                "null",
                "[]",
                "{}",
                "x",
                "[".repeat(deep),
                "{\"newNonce\":".repeat(deep) + "1" + "}".repeat(deep),
                "{\"newNonce\":\"http://localhost/nonce\"}",
                "{\"newNonce\":\"ftp://localhost/nonce\"}",
                "{\"newNonce\":\"not a uri\"}",
                "{\"newNonce\":7,\"meta\":[]}",
                " ".repeat(300_000));
    }

    @Test
    void anOrderAtAnEndlessUrlIsAFailure() {
        authority.orderPath = "/" + "x".repeat(70_000) + "/";
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        assertThat(run(keeper, Duration.ZERO).lastFailure().orElseThrow().type())
                .isEqualTo("protocol");
        assertThat(nameState.values()).doesNotContainKey("order");
    }

    @Test
    void aFewBadNoncesCostNothingAndAStormOfThemIsAFailure() {
        authority.badNonces = 5;
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        runUntilServed(keeper);
        assertThat(authority.ordersPlaced).isEqualTo(1);
        second.badNonces = Integer.MAX_VALUE;
        keeper.want(wanted(second));
        NameStatus status = run(keeper, Duration.ZERO);
        assertThat(status.lastFailure().orElseThrow().type()).endsWith(":badNonce");
        assertThat(second.requests).isLessThan(20);
    }

    @Test
    void aSlowAuthorityIsPolledAsItAsks() {
        authority.processingPolls = 3;
        authority.processingRetryAfter = Optional.of("60");
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        run(keeper, Duration.ZERO);
        NameStatus processing = run(keeper, Duration.ofSeconds(1));
        assertThat(processing.phase()).isEqualTo(Phase.ORDERING);
        assertThat(processing.nextAttempt()).contains(clock.instant().plusSeconds(60));
        int requests = authority.requests;
        keeper.want(wanted(second));
        keeper.want(wanted(authority));
        run(keeper, Duration.ofSeconds(59));
        assertThat(authority.requests).isEqualTo(requests);
        assertThat(runUntilServed(keeper).phase()).isEqualTo(Phase.SERVING);
        assertThat(authority.ordersPlaced).isEqualTo(1);
    }

    @Test
    void anOrderThatNeverEndsIsGivenUp() {
        authority.processingPolls = Integer.MAX_VALUE;
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority, second));
        run(keeper, Duration.ZERO);
        run(keeper, OrderKeeper.ORDER_AGE_MAX.plusSeconds(1));
        assertThat(runUntilServed(keeper).certificate().orElseThrow().authority())
                .isEqualTo(second.directory());
    }

    @Test
    void aCertificateForAnotherKeyIsRefused() {
        authority.anotherKey = true;
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        run(keeper, Duration.ZERO);
        run(keeper, Duration.ofSeconds(1));
        NameStatus status = run(keeper, Duration.ofSeconds(1));
        assertThat(status.lastFailure().orElseThrow().type()).isEqualTo("certificate-refused");
        assertThat(certificates.current(NAME)).isEmpty();
        assertThat(nameState.values()).doesNotContainKey("certificate");
    }

    @Test
    void aFailedOrderSaysWhyInTheAuthoritysWords() {
        authority.orderFailure = Optional.of("Incorrect validation certificate");
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        NameStatus status = run(keeper, Duration.ZERO);
        assertThat(status.lastFailure().orElseThrow().detail())
                .isEqualTo("Incorrect validation certificate");
        assertThat(keeper.outcomes().total(Outcome.ORDER_FAILED)).isEqualTo(1);
        assertThat(nameState.values()).doesNotContainKey("order");
    }

    @Test
    void theOldCertificateServesWhileItsRenewalFails() {
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        NameStatus served = runUntilServed(keeper);
        ServingCertificate first = certificates.current(NAME).orElseThrow();
        authority.refusal = Optional.of("the account is on a list");
        Duration toRenewal =
                Duration.between(clock.instant(), served.certificate().orElseThrow().renewAt());
        assertThat(toRenewal).isBetween(Duration.ofDays(60), Duration.ofDays(63));
        NameStatus failing = run(keeper, toRenewal);
        assertThat(failing.phase()).isEqualTo(Phase.SERVING);
        assertThat(failing.lastFailure().orElseThrow().detail())
                .isEqualTo("the account is on a list");
        assertThat(certificates.current(NAME)).containsSame(first);
        run(keeper, Duration.ofDays(30));
        assertThat(certificates.current(NAME)).isEmpty();
    }

    @Test
    void withoutEvidenceNothingIsOrderedAndNothingServed() {
        evidence.broken = true;
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        NameStatus status = run(keeper, Duration.ZERO);
        assertThat(status.lastFailure().orElseThrow().type()).isEqualTo("key-evidence");
        assertThat(authority.requests).isZero();
        evidence.broken = false;
        runUntilServed(keeper);
    }

    @Test
    void aKeyWhoseSealedEvidenceDoesNotVerifyIsNotServed() {
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        runUntilServed(keeper);
        nameState.commit(overwritten());
        evidence.broken = true;
        CertificateKeeper restarted = keeper();
        restarted.want(wanted(authority));
        run(restarted, Duration.ZERO);
        assertThat(certificates.current(NAME)).isEmpty();
    }

    @Test
    void evidenceIsMadeAnewAtHalfOfItsLifeForTheSameKey() {
        CertificateKeeper keeper = keeper();
        authority.life = Duration.ofDays(400);
        keeper.want(wanted(authority));
        runUntilServed(keeper);
        ServingCertificate first = certificates.current(NAME).orElseThrow();
        int made = evidence.made.get();
        run(keeper, TestEvidence.LIFE.dividedBy(2).plusSeconds(1));
        ServingCertificate now = certificates.current(NAME).orElseThrow();
        assertThat(evidence.made.get()).isEqualTo(made + 2);
        assertThat(now.spkiSha256()).isEqualTo(first.spkiSha256());
        assertThat(now.keyEvidence()).isNotEqualTo(first.keyEvidence());
        assertThat(authority.ordersPlaced).isEqualTo(1);
    }

    @Test
    void evidenceThatCannotBeRenewedServesToItsOwnEndAndNoLonger() {
        CertificateKeeper keeper = keeper();
        authority.life = Duration.ofDays(400);
        keeper.want(wanted(authority));
        runUntilServed(keeper);
        evidence.broken = true;
        Duration half = TestEvidence.LIFE.dividedBy(2);
        NameStatus status = run(keeper, half.plusSeconds(1));
        assertThat(certificates.current(NAME)).isPresent();
        assertThat(status.nextAttempt().orElseThrow()).isAfter(clock.instant());
        run(keeper, half);
        assertThat(certificates.current(NAME)).isEmpty();
    }

    @Test
    void aCertificateOfAnAuthorityThatThePolicyNoLongerNamesIsNotUsed() {
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        runUntilServed(keeper);
        second.down = true;
        keeper.want(wanted(second));
        NameStatus status = run(keeper, Duration.ZERO);
        assertThat(certificates.current(NAME)).isEmpty();
        assertThat(status.notUsed().orElseThrow()).contains(authority.directory().toString());
        assertThat(status.lastFailure().orElseThrow().detail()).contains("503");
        second.down = false;
        assertThat(runUntilServed(keeper).certificate().orElseThrow().authority())
                .isEqualTo(second.directory());
    }

    @Test
    void anAccountThatTheAuthorityForgotIsMadeAgainWithTheSameKey() {
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        NameStatus served = runUntilServed(keeper);
        authority.noAccount = true;
        clock.moveTo(served.certificate().orElseThrow().renewAt());
        run(keeper, Duration.ZERO);
        NameStatus renewed = run(keeper, Duration.ofSeconds(10));
        for (int i = 0; i < 5; i++) {
            renewed = run(keeper, Duration.ofSeconds(1));
        }
        assertThat(renewed.lastFailure()).isEmpty();
        assertThat(authority.accounts).isEqualTo(2);
        assertThat(authority.ordersPlaced).isEqualTo(2);
    }

    @Test
    void aStalePolicyOrdersNothingAndKeepsWhatThereIs() {
        CertificateKeeper keeper = keeper();
        Wanted stale =
                new Wanted(wanted(authority).names(), Set.of(), clock.instant(), Instant.MAX);
        keeper.want(stale);
        run(keeper, Duration.ofHours(1));
        assertThat(authority.ordersAsked).isZero();
        keeper.want(wanted(authority));
        runUntilServed(keeper);
        keeper.want(new Wanted(Map.of(NAME, Optional.empty()), Set.of(), Instant.MAX, Instant.MAX));
        run(keeper, Duration.ZERO);
        assertThat(certificates.current(NAME)).isPresent();
    }

    @Test
    void aStalePolicyLetsAPlacedOrderRestUntilItIsFreshAgain() {
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        run(keeper, Duration.ZERO);
        assertThat(authority.ordersPlaced).isEqualTo(1);
        keeper.want(new Wanted(wanted(authority).names(), Set.of(), clock.instant(), Instant.MAX));
        for (int i = 0; i < 10; i++) {
            run(keeper, Duration.ofMinutes(1));
        }
        assertThat(certificates.current(NAME)).isEmpty();
        keeper.want(wanted(authority));
        runUntilServed(keeper);
        assertThat(authority.ordersPlaced).isEqualTo(1);
    }

    @Test
    void whoMayServeNothingTakesNoPlacedOrderFurtherAndGoesOnAtOnceWhenHeMayAgain() {
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        run(keeper, Duration.ZERO);
        assertThat(authority.ordersPlaced).isEqualTo(1);
        keeper.want(ended(clock.instant()));
        run(keeper, Duration.ofMinutes(1));
        assertThat(certificates.current(NAME)).isEmpty();
        keeper.want(wanted(authority));
        runUntilServed(keeper);
        assertThat(authority.ordersPlaced).isEqualTo(1);
        keeper.want(ended(clock.instant()));
        run(keeper, Duration.ofMinutes(1));
        assertThat(certificates.current(NAME)).isPresent();
    }

    private Wanted ended(Instant at) {
        return new Wanted(wanted(authority).names(), Set.of(), at, at);
    }

    @Test
    void aNameThatIsWantedNoMoreIsServedNoMoreAndComesBackWithoutAnOrder() {
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        runUntilServed(keeper);
        keeper.want(Wanted.NOTHING);
        assertThat(certificates.current(NAME)).isEmpty();
        assertThat(keeper.status()).isEmpty();
        keeper.want(wanted(authority));
        run(keeper, Duration.ZERO);
        assertThat(certificates.current(NAME)).isPresent();
        assertThat(authority.ordersPlaced).isEqualTo(1);
    }

    @Test
    void aWildcardIsRefusedByName() {
        CertificateKeeper keeper = keeper();
        keeper.want(new Wanted(Map.of(), Set.of("*.a.example"), Instant.MAX, Instant.MAX));
        assertThat(keeper.status().getFirst().phase()).isEqualTo(Phase.REFUSED);
        assertThat(keeper.status().getFirst().name()).isEqualTo("*.a.example");
    }

    @Test
    void aClockThatIsMonthsAheadDoesNotOrderWithoutEnd() {
        CertificateKeeper keeper = keeper();
        keeper.want(wanted(authority));
        NameStatus served = runUntilServed(keeper);
        authority.life = Duration.ofDays(1);
        clock.moveTo(served.certificate().orElseThrow().renewAt());
        for (int i = 0; i < 10; i++) {
            run(keeper, Duration.ofSeconds(1));
        }
        assertThat(authority.ordersPlaced).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(DyingEntries.Instant.class)
    void aDiskThatFailsOnceAtAnyCommitIsSaidAndOutlived(DyingEntries.Instant instant)
            throws Exception {
        for (int n = 1; n <= PebbleTest.COMMITS; n++) {
            String where = "commit %d, %s".formatted(n, instant);
            AtomicInteger left = new AtomicInteger(n);
            MemoryEntries accounts = new MemoryEntries();
            MemoryEntries names = new MemoryEntries();
            int before = authority.ordersPlaced;
            CertificateKeeper keeper =
                    keeper(
                            new FailingOnce(accounts, left, instant),
                            new FailingOnce(names, left, instant));
            keeper.want(wanted(authority));
            NameStatus served = runUntilServed(keeper);
            assertThat(served.certificate()).as(where).isPresent();
            // The last commits come after the certificate is in place.
            run(keeper, Duration.ofSeconds(10));
            assertThat(certificates.next(NAME)).as(where).isPresent();
            assertThat(keeper.outcomes().total(Outcome.SEALED_STATE_FAILED)).as(where).isEqualTo(1);
            assertThat(authority.ordersPlaced - before).as(where).isLessThanOrEqualTo(2);
        }
    }

    private Changes overwritten() {
        Changes changes = Changes.none();
        for (String name : nameState.values().keySet()) {
            if (name.startsWith("evidence-")) {
                changes = changes.put(name, "x y 2026-05-01T12:00:00Z".getBytes(UTF_8));
            }
        }
        return changes;
    }

    private static Wanted wanted(FakeAuthority... authorities) {
        List<URI> directories = new ArrayList<>();
        for (FakeAuthority one : authorities) {
            directories.add(one.directory());
        }
        return Bench.wanted(directories, List.of(ChallengeType.HTTP_01), NAME);
    }

    /** A new life of the process on the same sealed state. */
    private CertificateKeeper keeper() {
        return keeper(accountState, nameState);
    }

    private CertificateKeeper keeper(SealedEntries accounts, SealedEntries names) {
        AcmeTransport transport =
                AcmeTransport.open(
                        AuthorityRoots.of(List.of(authority.root(), second.root())), clock);
        open.add(transport);
        certificates = new Certificates(clock);
        return new CertificateKeeper(
                new KeeperParts(
                        new Accounts(accounts, transport, List.of(), new SecureRandom()),
                        name -> names,
                        evidence,
                        new Challenges(clock, new SecureRandom()),
                        certificates,
                        clock,
                        new SecureRandom()),
                new SameThread());
    }

    /** Moves the clock, then does what is due, and no more. */
    private NameStatus run(CertificateKeeper keeper, Duration further) {
        clock.move(further);
        Instant next = keeper.startDue();
        assertThat(next).isAfterOrEqualTo(clock.instant());
        return keeper.status().getFirst();
    }

    /** Goes from one due instant to the next until a certificate is served. */
    private NameStatus runUntilServed(CertificateKeeper keeper) {
        for (int i = 0; i < 50; i++) {
            NameStatus status = run(keeper, Duration.ZERO);
            if (certificates.current(NAME).isPresent() && status.phase() == Phase.SERVING) {
                return status;
            }
            clock.moveTo(status.nextAttempt().orElseThrow());
        }
        throw new AssertionError(keeper.status());
    }
}
