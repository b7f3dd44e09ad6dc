package io.attestgate.certificate.renewal;

import io.attestgate.certificate.account.Accounts;
import io.attestgate.certificate.account.AcmeTransport;
import io.attestgate.certificate.account.AuthorityRoots;
import io.attestgate.certificate.account.MemoryEntries;
import io.attestgate.certificate.account.SealedEntries;
import io.attestgate.certificate.challenge.Challenges;
import io.attestgate.certificate.key.Certificates;
import io.attestgate.certificate.order.ChallengeType;
import io.attestgate.wire.Hostname;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A keeper with everything it needs, whose sealed state outlives it. */
final class Bench {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    final MovedClock clock = new MovedClock();
    final TestEvidence evidence = new TestEvidence();
    final MemoryEntries accountState = new MemoryEntries();
    final Map<Hostname, MemoryEntries> states = new HashMap<>();
    private final X509Certificate root;

    /** What stands between the keeper and its state. */
    UnaryOperator<SealedEntries> between = UnaryOperator.identity();

    Bench(X509Certificate root) {
        this.root = root;
    }

    /** One life of the process: from its start to its end, by any cause. */
    final class Life implements AutoCloseable {
        final AcmeTransport transport;
        final Challenges challenges = new Challenges(clock, new SecureRandom());
        final Certificates certificates = new Certificates(clock);
        final Accounts accounts;
        final CertificateKeeper keeper;

        private Life() {
            transport = AcmeTransport.open(AuthorityRoots.of(List.of(root)), clock);
            accounts =
                    new Accounts(
                            between.apply(accountState),
                            transport,
                            List.of(URI.create("mailto:ops@example.org")),
                            new SecureRandom());
            KeeperParts parts =
                    new KeeperParts(
                            accounts,
                            name -> between.apply(state(name)),
                            evidence,
                            challenges,
                            certificates,
                            clock,
                            new SecureRandom());
            keeper =
                    CertificateKeeper.open(
                            parts,
                            Thread.ofVirtual()
                                    .uncaughtExceptionHandler(Bench::onlyKilled)
                                    .factory());
        }

        NameStatus status(String name) {
            return keeper.status().stream()
                    .filter(status -> status.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        /** Waits for a certificate; what is in the way is the failure's message. */
        void awaitServed(Hostname name) {
            await(() -> certificates.current(name).isPresent(), () -> keeper.status().toString());
        }

        @Override
        public void close() {
            keeper.close();
            transport.close();
        }
    }

    Life start() {
        return new Life();
    }

    synchronized MemoryEntries state(Hostname name) {
        return states.computeIfAbsent(name, n -> new MemoryEntries());
    }

    static Wanted wanted(URI authority, ChallengeType challenge, Hostname... names) {
        return wanted(List.of(authority), List.of(challenge), names);
    }

    static Wanted wanted(List<URI> authorities, List<ChallengeType> challenges, Hostname... names) {
        Map<Hostname, Optional<CertificateTerms>> terms = new HashMap<>();
        for (Hostname name : names) {
            terms.put(name, Optional.of(new CertificateTerms(authorities, challenges, 67)));
        }
        return new Wanted(terms, java.util.Set.of(), Instant.MAX, Instant.MAX);
    }

    static void await(BooleanSupplier condition, java.util.function.Supplier<String> otherwise) {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in " + WAIT_MAX + ": " + otherwise.get());
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private static void onlyKilled(Thread thread, Throwable thrown) {
        if (!(thrown instanceof DyingEntries.Killed)) {
            throw new AssertionError("uncaught in " + thread, thrown);
        }
    }
}
