package io.attestgate.certificate.renewal;

import static io.attestgate.certificate.order.ChallengeType.HTTP_01;
import static io.attestgate.certificate.order.ChallengeType.TLS_ALPN_01;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.certificate.account.MemoryEntries;
import io.attestgate.certificate.key.ServingCertificate;
import io.attestgate.certificate.order.ChallengeType;
import io.attestgate.peer.Pebble;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole way against a real authority, with one good nonce in seven refused. */
@RequiresPeer({"pebble", "pebble-challtestsrv"})
final class PebbleTest {
    private static final int NONCE_REJECT_PERCENT = 15;

    /** More than may have an order at one time. */
    private static final int MANY = CertificateKeeper.ORDERS_MAX * 2;

    /** Of a first issuance: account key and location, key, evidence, order, certificate; next. */
    static final int COMMITS = 8;

    @TempDir static Path folder;

    private static ChallengeServer server;
    private static Pebble pebble;
    private static X509Certificate root;

    @BeforeAll
    static void start() throws Exception {
        server = ChallengeServer.open();
        pebble =
                Pebble.start(
                        new Pebble.Options(
                                server.httpPort(),
                                server.tlsPort(),
                                Duration.ofDays(90),
                                NONCE_REJECT_PERCENT),
                        folder);
        root =
                (X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(
                                        new ByteArrayInputStream(
                                                pebble.directoryRootPem().getBytes(UTF_8)));
    }

    @AfterAll
    static void stop() throws IOException {
        pebble.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(ChallengeType.class)
    void aNameGetsACertificateByEachChallenge(ChallengeType challenge) throws Exception {
        Hostname name = new Hostname(challenge + ".demo.localhost");
        Bench bench = bench();
        try (Bench.Life life = bench.start()) {
            server.answerFrom(life.challenges);
            life.keeper.want(Bench.wanted(pebble.directory(), challenge, name));
            life.awaitServed(name);
            ServingCertificate certificate = life.certificates.current(name).orElseThrow();
            assertThat(certificate.chain().getFirst().getPublicKey().getAlgorithm())
                    .isEqualTo("EC");
            assertThat(certificate.keyEvidence()).isNotEmpty();
            assertThat(life.accounts.all()).hasSize(1);
            Bench.await(
                    () -> life.status(name.value()).phase() == NameStatus.Phase.SERVING,
                    () -> life.keeper.status().toString());
            assertThat(life.certificates.next(name).orElseThrow().spkiSha256())
                    .isNotEqualTo(certificate.spkiSha256());
            assertThat(life.challenges.alpn(name)).isEmpty();
        }
    }

    @Test
    void manyNamesAtOnceGetOneOrderEach() throws Exception {
        Hostname[] names = new Hostname[MANY];
        Arrays.setAll(names, i -> new Hostname("many-%d.demo.localhost".formatted(i)));
        int before = ordersAtPebble();
        Bench bench = bench();
        try (Bench.Life life = bench.start()) {
            server.answerFrom(life.challenges);
            life.keeper.want(Bench.wanted(pebble.directory(), HTTP_01, names));
            for (Hostname name : names) {
                life.awaitServed(name);
            }
            assertThat(life.accounts.all()).hasSize(1);
        }
        assertThat(ordersAtPebble() - before).isEqualTo(MANY);
    }

    @Test
    void aRestartOrdersNothingThatItHas() throws Exception {
        Hostname name = new Hostname("restart.demo.localhost");
        Bench bench = bench();
        Hash32 before = issued(bench, name);
        int orders = ordersAtPebble();
        try (Bench.Life life = bench.start()) {
            life.keeper.want(Bench.wanted(pebble.directory(), TLS_ALPN_01, name));
            life.awaitServed(name);
            assertThat(life.certificates.current(name).orElseThrow().spkiSha256())
                    .isEqualTo(before);
            assertThat(life.keeper.outcomes().total(Outcome.ORDER_PLACED)).isZero();
        }
        assertThat(ordersAtPebble()).isEqualTo(orders);
    }

    @Test
    void theNextCertificateTakesThePublishedNextKeyAtTwoThirdsOfLife() throws Exception {
        Hostname name = new Hostname("renew.demo.localhost");
        Bench bench = bench();
        try (Bench.Life life = bench.start()) {
            server.answerFrom(life.challenges);
            Wanted wanted = Bench.wanted(pebble.directory(), TLS_ALPN_01, name);
            life.keeper.want(wanted);
            life.awaitServed(name);
            Bench.await(() -> life.certificates.next(name).isPresent(), () -> "next key");
            ServingCertificate first = life.certificates.current(name).orElseThrow();
            Bench.await(() -> !nextKey(life, name).equals(first.spkiSha256()), () -> "another key");
            Hash32 next = nextKey(life, name);
            bench.clock.move(Duration.ofDays(59));
            life.keeper.want(wanted);
            assertThat(life.keeper.outcomes().total(Outcome.ORDER_PLACED)).isEqualTo(1);
            bench.clock.move(Duration.ofDays(4));
            life.keeper.want(wanted);
            Bench.await(
                    () -> {
                        // At no instant is there none.
                        ServingCertificate now = life.certificates.current(name).orElseThrow();
                        return now != first;
                    },
                    () -> life.keeper.status().toString());
            assertThat(life.certificates.current(name).orElseThrow().spkiSha256()).isEqualTo(next);
            assertThat(life.keeper.outcomes().total(Outcome.ORDER_PLACED)).isEqualTo(2);
        }
    }

    @Test
    void aKillAtAnyCommitLosesNothingAndOrdersAtMostOnceMore() throws Exception {
        for (DyingEntries.Instant instant : DyingEntries.Instant.values()) {
            for (int n = 1; n <= COMMITS; n++) {
                killAt(n, instant);
            }
        }
    }

    private static void killAt(int n, DyingEntries.Instant instant) throws Exception {
        Hostname name = new Hostname("kill-%d-%s.demo.localhost".formatted(n, lower(instant)));
        String where = name.value();
        Bench bench = bench();
        int before = ordersAtPebble();
        AtomicInteger left = new AtomicInteger(n);
        bench.between = entries -> new DyingEntries(entries, left, instant);
        try (Bench.Life life = bench.start()) {
            server.answerFrom(life.challenges);
            life.keeper.want(Bench.wanted(pebble.directory(), HTTP_01, name));
            Bench.await(() -> left.get() <= 0, () -> where + life.keeper.status());
        }
        bench.between = entries -> entries;
        try (Bench.Life life = bench.start()) {
            server.answerFrom(life.challenges);
            life.keeper.want(Bench.wanted(pebble.directory(), HTTP_01, name));
            life.awaitServed(name);
            assertThat(life.accounts.all()).as(where).hasSize(1);
        }
        boolean betweenAnswerAndSeal = n == 5 && instant == DyingEntries.Instant.BEFORE;
        assertThat(ordersAtPebble() - before).as(where).isEqualTo(betweenAnswerAndSeal ? 2 : 1);
        assertThat(keys(bench.state(name))).as(where).isLessThanOrEqualTo(2);
    }

    private static long keys(MemoryEntries entries) {
        return entries.values().keySet().stream().filter(e -> e.startsWith("key-")).count();
    }

    private static String lower(DyingEntries.Instant instant) {
        return instant.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Hash32 nextKey(Bench.Life life, Hostname name) {
        return life.certificates.next(name).orElseThrow().spkiSha256();
    }

    private static Hash32 issued(Bench bench, Hostname name) throws Exception {
        try (Bench.Life life = bench.start()) {
            server.answerFrom(life.challenges);
            life.keeper.want(Bench.wanted(pebble.directory(), TLS_ALPN_01, name));
            life.awaitServed(name);
            return life.certificates.current(name).orElseThrow().spkiSha256();
        }
    }

    private static Bench bench() {
        return new Bench(root);
    }

    private static int ordersAtPebble() throws IOException {
        return (int)
                Files.readAllLines(folder.resolve("pebble.log")).stream()
                        .filter(line -> line.contains("Added order"))
                        .count();
    }
}
