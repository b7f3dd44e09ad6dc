package io.attestgate.attest.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.attest.seal.Changes;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.Purpose;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.seal.SealedStore;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.attest.tpm.TpmException.Reason;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sealed store on a TPM, against an operator who has the disk and the owner's commands. */
@RequiresPeer("swtpm")
@SuppressWarnings("MustBeClosedChecker") // Stores that refuse to open need no closing.
final class StateOnTpmTest {
    private static final String NAME = "key";

    @TempDir private Path folder;
    private Path directory;
    private TestTpm tpm;

    @BeforeEach
    void start() throws IOException {
        tpm = TestTpm.start();
        directory = folder.resolve("state");
    }

    @AfterEach
    void stop() throws IOException {
        tpm.close();
    }

    private void commit(String text) throws Exception {
        commit(text, bus -> bus);
    }

    private void commit(String text, UnaryOperator<TpmTransport> bus) throws Exception {
        try (TpmPlatform platform = tpm.open(directory, bus);
                SealedStore store = SealedStore.open(directory, platform, TestTpm.CONFIG)) {
            store.compartment(Purpose.ANCHOR)
                    .commit(Changes.none().put(NAME, text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private Optional<String> found() throws Exception {
        try (TpmPlatform platform = tpm.open(directory);
                SealedStore store = SealedStore.open(directory, platform, TestTpm.CONFIG)) {
            Compartment anchor = store.compartment(Purpose.ANCHOR);
            Optional<SecretMemory> secret = anchor.open(NAME);
            if (secret.isEmpty()) {
                return Optional.empty();
            }
            try (SecretMemory open = secret.get()) {
                return Optional.of(open.lend(heap -> new String(heap, StandardCharsets.UTF_8)));
            }
        }
    }

    private SealException refusal() {
        return Objects.requireNonNull(catchThrowableOfType(SealException.class, this::found));
    }

    private TpmException platformRefusal() {
        return TestTpm.refusal(() -> tpm.open(directory).close());
    }

    /** Why the register could not be read. */
    private TpmException registerRefusal() {
        assertThat(refusal().reason()).isEqualTo(SealException.Reason.PLATFORM);
        return TestTpm.refusal(this::found);
    }

    private Path copy(Path from, String name) throws IOException {
        Path to = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Path copied = Files.copy(file, to.resolve(file.getFileName()));
                assertThat(copied).exists();
            }
        }
        return to;
    }

    private void replaceBy(Path copy) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
        Path moved = Files.move(copy, directory, StandardCopyOption.ATOMIC_MOVE);
        assertThat(moved).exists();
    }

    @Test
    void whatIsCommittedIsThereAfterTheMachineWasOff() throws Exception {
        commit("one");
        tpm.restart();
        commit("two");
        tpm.restart();
        assertThat(found()).contains("two");
    }

    @Test
    void anOlderCopyOfTheWholeStateDirectoryIsRefused() throws Exception {
        commit("one");
        Path older = copy(directory, "older");
        commit("two");
        Path newer = copy(directory, "newer");
        replaceBy(older);
        assertThat(refusal().reason()).isEqualTo(SealException.Reason.NOT_NEWEST);
        replaceBy(newer);
        assertThat(found()).contains("two");
    }

    @Test
    void twoManifestsOfOneNumberAreToldApart() throws Exception {
        commit("one");
        Path before = copy(directory, "before");
        SealException unsettled =
                catchThrowableOfType(
                        SealException.class, () -> commit("sibling", StateOnTpmTest::cutAtExtend));
        assertThat(unsettled.reason()).isEqualTo(SealException.Reason.UNSETTLED);
        Path sibling = copy(directory, "sibling");
        replaceBy(before);
        commit("two");
        assertThat(found()).contains("two");
        replaceBy(sibling);
        assertThat(refusal().reason()).isEqualTo(SealException.Reason.NOT_NEWEST);
    }

    private static TpmTransport cutAtExtend(TpmTransport tpm) {
        return new Bus(tpm)
                .tap(
                        Bus.Tap.on(
                                CommandCode.NV_EXTEND,
                                (behind, command) -> {
                                    throw new IOException("cut");
                                }));
    }

    @Test
    void aCommitThatWasCutOffBetweenManifestAndRegisterIsCompleted() throws Exception {
        commit("one");
        SealException unsettled =
                catchThrowableOfType(
                        SealException.class, () -> commit("two", StateOnTpmTest::cutAtExtend));
        assertThat(unsettled.reason()).isEqualTo(SealException.Reason.UNSETTLED);
        tpm.restart();
        assertThat(found()).contains("two");
    }

    @Test
    void aCommitWhoseRegisterWasExtendedWithoutAnAnswerIsThere() throws Exception {
        commit("one");
        SealException unsettled =
                catchThrowableOfType(
                        SealException.class,
                        () ->
                                commit(
                                        "two",
                                        transport ->
                                                new Bus(transport)
                                                        .tap(StateOnTpmTest::losingAnswer)));
        assertThat(unsettled.reason()).isEqualTo(SealException.Reason.UNSETTLED);
        tpm.restart();
        assertThat(found()).contains("two");
    }

    private static byte[] losingAnswer(TpmTransport tpm, byte[] command) throws IOException {
        byte[] answer = tpm.transmit(command);
        if (Bus.isOf(CommandCode.NV_EXTEND, command)) {
            throw new IOException("lost " + answer.length);
        }
        return answer;
    }

    @Test
    void otherPcrsOpenNothing() throws Exception {
        commit("one");
        tpm.extend(23, "other code");
        assertThat(platformRefusal().reason()).isEqualTo(Reason.NOT_AUTHORISED);
        tpm.restart();
        assertThat(found()).contains("one");
    }

    @Test
    void anotherTpmOpensNothing() throws Exception {
        commit("one");
        try (TestTpm mine = tpm) {
            tpm = TestTpm.start();
            assertThat(mine).isNotSameAs(tpm);
            assertThat(platformRefusal().reason()).isEqualTo(Reason.OTHER_TPM);
        }
    }

    @Test
    void aStateOfAnotherBootstrapFileIsRefusedByThatName() throws Exception {
        commit("one");
        Hash32 other = TestTpm.hash("another bootstrap file");
        SealException refused =
                catchThrowableOfType(
                        SealException.class,
                        () -> {
                            try (TpmPlatform platform = tpm.open(directory)) {
                                SealedStore.open(directory, platform, other).close();
                            }
                        });
        assertThat(refused.reason()).isEqualTo(SealException.Reason.OTHER_CONFIG);
    }

    @Test
    void anIndexThatTheOwnerRemovedIsRefused() throws Exception {
        commit("one");
        Path first = copy(directory, "first");
        commit("two");
        remove();
        assertThat(registerRefusal().reason()).isEqualTo(Reason.OTHER_INDEX);
        replaceBy(first);
        assertThat(registerRefusal().reason()).isEqualTo(Reason.OTHER_INDEX);
    }

    @Test
    void anIndexThatIsDefinedAnewAndExtendedByOldManifestsIsRefused() throws Exception {
        commit("one");
        Path first = copy(directory, "first");
        Hash32 manifest = manifest(first);
        commit("two");
        remove();
        byte[] ofHis = {1};
        try (Channel channel = channel()) {
            Index index = index();
            index.define(channel, ofHis);
            TpmWriter digest = new TpmWriter().sized(manifest.bytes());
            index.write(channel, CommandCode.NV_EXTEND, ofHis, digest).reader().end();
            assertThat(index.read(channel, ofHis))
                    .isEqualTo(Digests.sha256(new byte[32], manifest.bytes()));
        }
        replaceBy(first);
        assertThat(registerRefusal().reason()).isEqualTo(Reason.OTHER_INDEX);
    }

    private static Hash32 manifest(Path state) throws IOException {
        return Hash32.of(Digests.sha256(Files.readAllBytes(state.resolve("manifest"))));
    }

    private Channel channel() throws Exception {
        return Channel.open(new Tpm(tpm.transport()), new SecureRandom());
    }

    private Index index() throws Exception {
        return TpmState.parse(Files.readAllBytes(directory.resolve(StateFiles.STATE))).register();
    }

    /** As the owner, whose authorisation value is empty. */
    private void remove() throws Exception {
        try (Channel channel = channel()) {
            index().undefine(channel);
        }
    }

    @Test
    void aCounterThatIsDefinedAnewStandsAboveWhereItEverStood() throws Exception {
        Index counter = new Index(Index.HANDLE_FIRST + 1, Index.Kind.COUNTER);
        try (Channel channel = channel()) {
            counter.define(channel, new byte[0]);
            Epoch.moveOn(channel, counter);
            Epoch.moveOn(channel, counter);
            long before = Epoch.read(channel, counter);
            counter.undefine(channel);
            counter.define(channel, new byte[0]);
            Epoch.moveOn(channel, counter);
            assertThat(Epoch.read(channel, counter)).isGreaterThan(before);
        }
    }

    @Test
    void whatWasSentInASessionIsErased() throws Exception {
        TpmWriter refused = new TpmWriter().sized(new byte[] {1, 2, 3});
        try (Channel channel = channel()) {
            TpmWriter size = new TpmWriter().uint16(8);
            Answer random = channel.run(CommandCode.GET_RANDOM, size);
            assertThat(size.toBytes()).isEmpty();
            random.erase();
            assertThat(random.parameters()).containsOnly(0);
            assertThat(TestTpm.refusal(() -> refusedBy(channel, refused)).reason())
                    .isEqualTo(Reason.REFUSED);
            assertThat(refused.toBytes()).isEmpty();
        }
    }

    private static void refusedBy(Channel channel, TpmWriter parameters) throws TpmException {
        channel.run(CommandCode.GET_RANDOM, parameters).reader().end();
    }

    @Test
    void aStateWithoutThePlatformsOwnFileIsRefused() throws Exception {
        commit("one");
        Files.delete(directory.resolve(StateFiles.STATE));
        assertThat(refusal().reason()).isEqualTo(SealException.Reason.DAMAGED);
    }

    @Test
    void everyChangedByteOfThePlatformsOwnFileIsRefused() throws Exception {
        commit("one");
        Path file = directory.resolve(StateFiles.STATE);
        byte[] whole = Files.readAllBytes(file);
        List<Reason> reasons = new ArrayList<>();
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 1;
            assertThat(Files.write(file, changed)).exists();
            reasons.add(platformRefusal().reason());
        }
        assertThat(reasons)
                .hasSize(whole.length)
                .containsOnly(Reason.DAMAGED, Reason.OTHER_TPM, Reason.OTHER_INDEX, Reason.REFUSED);
    }
}
