package io.attestgate.attest.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.seal.Changes;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.Purpose;
import io.attestgate.attest.seal.SealedStore;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.attest.tpm.TpmException.Reason;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which versions open the state, by the word of a registry that the tests play. */
@RequiresPeer("swtpm")
final class UpgradesTest {
    private static final String NEXT = "the next version";

    @TempDir private Path folder;
    private final Set<Hash32> registry = new HashSet<>();
    private Path directory;
    private TestTpm tpm;

    @BeforeEach
    void start() throws Exception {
        tpm = TestTpm.start();
        directory = Files.createDirectory(folder.resolve("state"));
        registry.add(measurement(digest(tpm)));
    }

    @AfterEach
    void stop() throws IOException {
        tpm.close();
    }

    /** What runs in one start of the machine. */
    private record Running(TpmPlatform platform, SealedStore store, Upgrades upgrades)
            implements AutoCloseable {
        @Override
        public void close() throws IOException, PlatformException {
            store.close();
            platform.close();
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // The result owns both and closes them.
    private Running boot() throws Exception {
        TpmPlatform platform = tpm.open(directory);
        SealedStore store = SealedStore.open(directory, platform, TestTpm.CONFIG);
        return new Running(platform, store, platform.upgrades(store.compartment(Purpose.UPGRADE)));
    }

    private static Hash32 digest(TestTpm tpm) throws Exception {
        try (Channel channel = Channel.open(new Tpm(tpm.transport()), new SecureRandom())) {
            return Pcrs.read(channel, TestTpm.PCRS).digest();
        }
    }

    /** As whoever builds it can tell beforehand. */
    private static Hash32 digestOf(String version) throws Exception {
        return digestOf(Optional.of(version));
    }

    /** Of a version that extends PCR 23, or of the first, which does not. */
    private static Hash32 digestOf(Optional<String> version) throws Exception {
        try (TestTpm other = TestTpm.start()) {
            if (version.isPresent()) {
                other.extend(23, version.get());
            }
            return digest(other);
        }
    }

    private static Hash32 measurement(Hash32 digest) {
        byte[] registers =
                new TpmWriter()
                        .uint16(Tpms.ALG_SHA256)
                        .bytes(TestTpm.PCRS.mask())
                        .bytes(digest.bytes())
                        .toBytes();
        return Measurement.of(TpmPlatform.NAME, registers, TestTpm.CONFIG);
    }

    private void offer(Hash32... versions) throws IOException {
        List<String> lines = Set.of(versions).stream().map(Hash32::toString).toList();
        assertThat(Files.write(directory.resolve(StateFiles.NEXT), lines)).exists();
    }

    private void bootInto(String version) throws Exception {
        tpm.restart();
        tpm.extend(23, version);
    }

    private static void obey(Upgrades upgrades, Set<Hash32> registry) throws PlatformException {
        assertThat(upgrades.withdraw(registry::contains)).isNotNull();
        assertThat(upgrades.authorise(registry::contains)).isNotNull();
    }

    private Reason refusal() {
        return TestTpm.refusal(() -> boot().close()).reason();
    }

    private static Optional<String> found(Running running) throws Exception {
        Compartment anchor = running.store().compartment(Purpose.ANCHOR);
        Optional<SecretMemory> sealed = anchor.open("key");
        if (sealed.isEmpty()) {
            return Optional.empty();
        }
        try (SecretMemory open = sealed.get()) {
            return Optional.of(open.lend(heap -> new String(heap, StandardCharsets.UTF_8)));
        }
    }

    @Test
    void aVersionThatTheRegistryAllowsOpensWhatTheOneBeforeSealed() throws Exception {
        Hash32 next = digestOf(NEXT);
        offer(next);
        try (Running first = boot()) {
            first.store()
                    .compartment(Purpose.ANCHOR)
                    .commit(Changes.none().put("key", "sealed".getBytes(StandardCharsets.UTF_8)));
            assertThat(first.upgrades().measurements()).containsExactly(measurement(next));
            registry.add(measurement(next));
            assertThat(first.upgrades().authorise(registry::contains))
                    .containsExactly(measurement(next));
            assertThat(first.upgrades().authorise(registry::contains)).isEmpty();
        }
        bootInto(NEXT);
        try (Running second = boot()) {
            assertThat(found(second)).contains("sealed");
            assertThat(second.platform().measurement(TestTpm.CONFIG)).isEqualTo(measurement(next));
            assertThat(second.upgrades().measurements())
                    .containsExactly(measurement(digestOf(Optional.empty())));
        }
    }

    @Test
    void aVersionThatTheRegistryDoesNotAllowIsNeverSignedFor() throws Exception {
        offer(digestOf(NEXT));
        try (Running first = boot()) {
            assertThat(first.upgrades().authorise(registry::contains)).isEmpty();
        }
        bootInto(NEXT);
        assertThat(refusal()).isEqualTo(Reason.NOT_AUTHORISED);
    }

    @Test
    void whatTheRegistryTakesBackOpensNothingFromCopiesEither() throws Exception {
        Hash32 next = digestOf(NEXT);
        offer(next);
        registry.add(measurement(next));
        byte[] kept;
        try (Running first = boot()) {
            obey(first.upgrades(), registry);
            kept = Files.readAllBytes(directory.resolve(StateFiles.POLICIES));
            registry.remove(measurement(next));
            assertThat(first.upgrades().withdraw(registry::contains))
                    .containsExactly(measurement(next));
            assertThat(first.upgrades().withdraw(registry::contains)).isEmpty();
        }
        boot().close();
        bootInto(NEXT);
        assertThat(refusal()).isEqualTo(Reason.NOT_AUTHORISED);
        assertThat(Files.write(directory.resolve(StateFiles.POLICIES), kept)).exists();
        assertThat(refusal()).isEqualTo(Reason.NOT_AUTHORISED);
    }

    @Test
    void theNextVersionTakesBackTheOneBefore() throws Exception {
        Hash32 next = digestOf(NEXT);
        offer(next);
        registry.add(measurement(next));
        Hash32 first = digestOf(Optional.empty());
        try (Running running = boot()) {
            obey(running.upgrades(), registry);
        }
        bootInto(NEXT);
        registry.remove(measurement(first));
        try (Running second = boot()) {
            assertThat(second.upgrades().withdraw(registry::contains))
                    .containsExactly(measurement(first));
        }
        tpm.restart();
        assertThat(refusal()).isEqualTo(Reason.NOT_AUTHORISED);
        bootInto(NEXT);
        boot().close();
    }

    @Test
    void codeThatIsAllowedNoMoreChangesNothing() throws Exception {
        Hash32 next = digestOf(NEXT);
        offer(next);
        registry.add(measurement(next));
        try (Running first = boot()) {
            obey(first.upgrades(), registry);
            registry.clear();
            byte[] before = Files.readAllBytes(directory.resolve(StateFiles.POLICIES));
            assertThat(first.upgrades().withdraw(registry::contains)).isEmpty();
            assertThat(first.upgrades().authorise(registry::contains)).isEmpty();
            assertThat(directory.resolve(StateFiles.POLICIES)).hasBinaryContent(before);
        }
        boot().close();
    }

    @Test
    void aVersionTooManyIsRefusedAndTheOneThatRunsAlwaysOpens() throws Exception {
        List<Hash32> many =
                IntStream.range(0, 64).mapToObj(i -> TestTpm.hash("version " + i)).toList();
        many.forEach(version -> registry.add(measurement(version)));
        try (Running first = boot()) {
            for (int round = 0; round < 63; round += 9) {
                offer(many.subList(round, round + 9).toArray(Hash32[]::new));
                obey(first.upgrades(), registry);
            }
            offer(many.getLast());
            TpmException refused = TestTpm.refusal(() -> obey(first.upgrades(), registry));
            assertThat(refused.reason()).isEqualTo(Reason.FULL);
            registry.remove(measurement(many.getFirst()));
            assertThat(first.upgrades().withdraw(registry::contains)).hasSize(1);
            obey(first.upgrades(), registry);
        }
        assertThatCode(() -> boot().close()).doesNotThrowAnyException();
    }

    @Test
    void anOfferOfAnotherFormIsRefusedByItsLineAndHoldsUpNoWithdrawal() throws Exception {
        Hash32 next = digestOf(NEXT);
        offer(next);
        registry.add(measurement(next));
        try (Running first = boot()) {
            obey(first.upgrades(), registry);
            String lines = next + "\nthe next version\n";
            assertThat(Files.writeString(directory.resolve(StateFiles.NEXT), lines)).exists();
            registry.remove(measurement(next));
            assertThat(first.upgrades().measurements()).containsExactly(measurement(next));
            assertThat(first.upgrades().withdraw(registry::contains)).hasSize(1);
            TpmException refused = TestTpm.refusal(() -> obey(first.upgrades(), registry));
            assertThat(refused.reason()).isEqualTo(Reason.DAMAGED);
            assertThat(refused).hasMessageContaining("tpm-next: line 2");
        }
    }

    @Test
    void anEntryThatNobodySignedIsNamedAndHidesNoOther() throws Exception {
        try (Running first = boot()) {
            obey(first.upgrades(), registry);
        }
        Path file = directory.resolve(StateFiles.POLICIES);
        SignedPolicies good = SignedPolicies.parse(Files.readAllBytes(file));
        SignedPolicy own = good.entries().getFirst().orElseThrow();
        Authoriser stranger = Authoriser.of(new byte[32], TestTpm.CONFIG);
        List<SignedPolicy> his = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            his.add(stranger.sign(own.policy()));
        }
        his.add(own);
        assertThat(Files.write(file, SignedPolicies.of(his).toBytes())).exists();
        boot().close();

        his.remove(own);
        assertThat(Files.write(file, SignedPolicies.of(his).toBytes())).exists();
        TpmException refused = TestTpm.refusal(() -> boot().close());
        assertThat(refused.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(refused).hasMessageContaining("tpm-policies, entry 1");

        assertThat(Files.writeString(file, "[{}]")).exists();
        assertThat(refusal()).isEqualTo(Reason.DAMAGED);
        assertThat(Files.writeString(file, "nothing")).exists();
        assertThat(refusal()).isEqualTo(Reason.DAMAGED);
        Files.delete(file);
        assertThat(refusal()).isEqualTo(Reason.NOT_AUTHORISED);
    }

    @Test
    void codeUnderAnotherBootstrapFileCanSignForNobody() throws Exception {
        Hash32 his = TestTpm.hash("a bootstrap file that obeys another registry");
        Hash32 next = TestTpm.hash("his PCRs");
        boot().close();
        offer(next);
        try (TpmPlatform platform =
                tpm.open(DirectoryDisk.open(directory), his, transport -> transport)) {
            Upgrades upgrades = platform.upgrades(new Forgetful());
            TpmException refused =
                    TestTpm.refusal(() -> assertThat(upgrades.authorise(m -> true)).isEmpty());
            assertThat(refused.reason()).isEqualTo(Reason.OTHER_CONFIG);
        }
    }

    /** Takes everything and has nothing. */
    private record Forgetful() implements Compartment {
        @Override
        public Set<String> names() {
            return Set.of();
        }

        @Override
        public Optional<SecretMemory> open(String name) {
            return Optional.empty();
        }

        @Override
        public void commit(Changes changes) {}
    }
}
