package io.attestgate.attest.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.seal.SealException.Reason;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("MustBeClosedChecker") // Stores that refuse to open need no closing.
final class SealedStoreTest {
    @TempDir private Path directory;

    private SealedStore open() throws SealException {
        return open(StoreFixture.CODE, StoreFixture.CONFIG);
    }

    private SealedStore open(Hash32 code, Hash32 config) throws SealException {
        return SealedStore.open(directory, platform(code, config), config);
    }

    private Platform platform(Hash32 code, Hash32 config) {
        try {
            return SimulatedPlatform.of(code, DirectoryDisk.open(directory), config);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(Map<String, String> texts) throws SealException, IOException {
        try (SealedStore store = open()) {
            store.compartment(StoreFixture.TLS).commit(StoreFixture.put(texts));
        }
    }

    private Reason refusal() {
        return catchThrowableOfType(SealException.class, this::open).reason();
    }

    private List<Path> blobs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> Entry.isFile(f.getFileName().toString())).sorted().toList();
        }
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Path written = Files.write(file, bytes);
        assertThat(written).exists();
    }

    @Test
    void whatIsCommittedIsThereWhenTheStoreIsOpenedAgain() throws Exception {
        try (SealedStore store = open();
                SecretMemory key = SecretMemory.move(StoreFixture.bytes("secret"))) {
            store.compartment(StoreFixture.TLS).commit(Changes.none().put("key", key));
        }
        try (SealedStore store = open()) {
            Compartment tls = store.compartment(StoreFixture.TLS);
            assertThat(tls.names()).containsExactly("key");
            assertThat(StoreFixture.text(tls, "key")).contains("secret");
            assertThat(tls.open("other")).isEmpty();
        }
    }

    @Test
    void aCompartmentHoldsOnlyItsOwnPurpose() throws Exception {
        write(Map.of("key", "of a"));
        try (SealedStore store = open()) {
            Compartment other = store.compartment(Purpose.tls(new Hostname("b.example")));
            assertThat(other.names()).isEmpty();
            assertThat(other.open("key")).isEmpty();
            other.commit(Changes.none().remove("key"));
            assertThat(store.compartment(StoreFixture.TLS).names()).containsExactly("key");
        }
    }

    @Test
    void anEntryThatIsReplacedLeavesNoFileBehind() throws Exception {
        write(Map.of("key", "one"));
        write(Map.of("key", "two"));
        assertThat(blobs()).hasSize(1);
        try (SealedStore store = open()) {
            store.compartment(StoreFixture.TLS).commit(Changes.none().remove("key"));
        }
        assertThat(blobs()).isEmpty();
    }

    @Test
    void filesOfOursThatNoEntryNamesAreDeletedOnOpeningAndOthersAreNot() throws Exception {
        Path stray = Files.createFile(directory.resolve("0".repeat(32) + ".7"));
        Path foreign = Files.createFile(directory.resolve("README"));
        write(Map.of("key", "one"));
        assertThat(stray).doesNotExist();
        assertThat(foreign).exists();
    }

    @Test
    void theDirectoryAndItsFilesAreTheirOwnersAlone() throws Exception {
        directory = directory.resolve("deeper/state");
        write(Map.of("key", "one"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        for (Path blob : blobs()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(blob)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void nothingThatIsSealedIsReadableOnDisk() throws Exception {
        write(Map.of("key", "a text that nobody else has"));
        for (Path file : blobs()) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain("a text");
        }
        assertThat(Files.readString(directory.resolve("manifest"), StandardCharsets.ISO_8859_1))
                .doesNotContain("a.example");
    }

    @Test
    void aStoreOfAnotherBootstrapFileIsRefusedByThatName() throws Exception {
        write(Map.of("key", "one"));
        Hash32 other = StoreFixture.hash("another config");
        SealException refused =
                catchThrowableOfType(SealException.class, () -> open(StoreFixture.CODE, other));
        assertThat(refused.reason()).isEqualTo(Reason.OTHER_CONFIG);
        assertThat(refused).hasMessageContaining(other.toString());
    }

    @Test
    void aStoreOfOtherCodeIsRefusedByThatName() throws Exception {
        write(Map.of("key", "one"));
        SealException refused =
                catchThrowableOfType(
                        SealException.class,
                        () -> open(StoreFixture.hash("a changed jar"), StoreFixture.CONFIG));
        assertThat(refused.reason()).isEqualTo(Reason.OTHER_CODE);
    }

    @Test
    void aHeaderChangedToMatchOpensNothing() throws Exception {
        write(Map.of("key", "one"));
        Path manifest = directory.resolve("manifest");
        byte[] file = Files.readAllBytes(manifest);
        Hash32 other = StoreFixture.hash("another config");
        byte[] front = ManifestHeader.of("simulated", StoreFixture.CODE.bytes(), other).toBytes();
        System.arraycopy(front, 0, file, 0, front.length);
        Path written = Files.write(manifest, file);
        assertThat(written).exists();
        SealException refused =
                catchThrowableOfType(SealException.class, () -> open(StoreFixture.CODE, other));
        assertThat(refused.reason()).isEqualTo(Reason.DAMAGED);
    }

    @Test
    void aManifestWithAnyBitFlippedIsRefused() throws Exception {
        write(Map.of("key", "one"));
        Path manifest = directory.resolve("manifest");
        for (int at = 0; at < Files.size(manifest); at += 7) {
            flip(manifest, at);
            assertThat(refusal())
                    .as("byte %d", at)
                    .isIn(Reason.DAMAGED, Reason.OTHER_CODE, Reason.OTHER_CONFIG);
            flip(manifest, at);
        }
        open().close();
    }

    @Test
    void aTruncatedManifestIsRefused() throws Exception {
        write(Map.of("key", "one"));
        Path manifest = directory.resolve("manifest");
        byte[] file = Files.readAllBytes(manifest);
        for (int size : new int[] {0, 10, 94, 95, 100, file.length - 1}) {
            Path written = Files.write(manifest, Arrays.copyOf(file, size));
            assertThat(written).exists();
            assertThat(refusal()).as("%d bytes", size).isEqualTo(Reason.DAMAGED);
        }
    }

    @Test
    void aBlobWithAnyBitFlippedOrCutOffOrGoneIsRefused() throws Exception {
        write(Map.of("key", "one"));
        Path blob = blobs().getFirst();
        byte[] file = Files.readAllBytes(blob);
        try (SealedStore store = open()) {
            Compartment tls = store.compartment(StoreFixture.TLS);
            for (int at = 0; at < file.length; at++) {
                flip(blob, at);
                assertDamaged(tls, "key");
                flip(blob, at);
            }
            Path written = Files.write(blob, Arrays.copyOf(file, file.length - 1));
            assertThat(written).exists();
            assertDamaged(tls, "key");
            Files.delete(blob);
            assertDamaged(tls, "key");
        }
    }

    @Test
    void aBlobMovedToAnotherNameIsRefused() throws Exception {
        write(Map.of("key", "one", "next", "two"));
        List<Path> two = blobs();
        Path aside = Files.move(two.get(0), directory.resolve("aside"));
        Path moved = Files.move(two.get(1), two.get(0));
        assertThat(Files.move(aside, two.get(1))).isNotEqualTo(moved);
        try (SealedStore store = open()) {
            assertDamaged(store.compartment(StoreFixture.TLS), "key");
            assertDamaged(store.compartment(StoreFixture.TLS), "next");
        }
    }

    @Test
    void anOlderBlobInTheNewOnesPlaceIsRefused() throws Exception {
        write(Map.of("key", "one"));
        byte[] older = Files.readAllBytes(blobs().getFirst());
        write(Map.of("key", "two"));
        Path written = Files.write(blobs().getFirst(), older);
        assertThat(written).exists();
        try (SealedStore store = open()) {
            assertDamaged(store.compartment(StoreFixture.TLS), "key");
        }
    }

    private static void assertDamaged(Compartment compartment, String name) {
        assertThatExceptionOfType(SealException.class)
                .isThrownBy(() -> compartment.open(name))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED));
    }

    @Test
    void anOlderCopyOfTheStoreIsRefusedByThatName() throws Exception {
        write(Map.of("key", "one"));
        Path older = copy(directory.resolve("older"));
        write(Map.of("key", "two"));
        restore(older);
        assertThat(refusal()).isEqualTo(Reason.NOT_NEWEST);
    }

    @Test
    void aSiblingMadeBesideTheStoreIsRefusedByThatName() throws Exception {
        write(Map.of("key", "one"));
        Path before = copy(directory.resolve("before"));
        Path register = Files.copy(directory.resolve("register"), before.resolve("register"));
        write(Map.of("key", "two"));
        Path two = copy(directory.resolve("two"));
        byte[] registerAtTwo = Files.readAllBytes(directory.resolve("register"));

        restore(before);
        replace(register, directory.resolve("register"));
        write(Map.of("key", "another two"));
        Path sibling = copy(directory.resolve("sibling"));

        restore(two);
        Path back = Files.write(directory.resolve("register"), registerAtTwo);
        assertThat(back).exists();
        open().close();
        restore(sibling);
        assertThat(refusal()).isEqualTo(Reason.NOT_NEWEST);
    }

    @Test
    void aStoreWhoseManifestIsGoneIsRefused() throws Exception {
        write(Map.of("key", "one"));
        Files.delete(directory.resolve("manifest"));
        assertThat(refusal()).isEqualTo(Reason.NOT_NEWEST);
    }

    @Test
    void aManifestWrittenBeforeTheRegisterMovedIsCompleted() throws Exception {
        write(Map.of("key", "one"));
        byte[] before = Files.readAllBytes(directory.resolve("register"));
        write(Map.of("key", "two"));
        byte[] after = Files.readAllBytes(directory.resolve("register"));
        Path written = Files.write(directory.resolve("register"), before);
        assertThat(written).exists();
        try (SealedStore store = open()) {
            assertThat(StoreFixture.text(store.compartment(StoreFixture.TLS), "key"))
                    .contains("two");
        }
        assertThat(Files.readAllBytes(directory.resolve("register"))).isEqualTo(after);
    }

    @Test
    void aRegisterThatIsNoRegisterIsThePlatformsFault() throws Exception {
        write(Map.of("key", "one"));
        Path written = Files.writeString(directory.resolve("register"), "0x12\n");
        assertThat(written).exists();
        assertThat(refusal()).isEqualTo(Reason.PLATFORM);
    }

    @Test
    void aSecondHolderIsRefusedAndToldWhoHasIt() throws Exception {
        try (SealedStore store = open()) {
            assertThat(store.purposes()).isEmpty();
            SealException refused = catchThrowableOfType(SealException.class, this::open);
            assertThat(refused.reason()).isEqualTo(Reason.HELD);
            assertThat(refused).hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
        open().close();
    }

    @Test
    void aStoreThatDidNotOpenLetsGoOfTheDirectory() throws Exception {
        write(Map.of("key", "one"));
        assertThat(
                        catchThrowableOfType(
                                        SealException.class,
                                        () -> open(StoreFixture.hash("b"), StoreFixture.CONFIG))
                                .reason())
                .isEqualTo(Reason.OTHER_CODE);
        open().close();
    }

    @Test
    void aClosedStoreOpensNothing() throws Exception {
        SealedStore store = open();
        Compartment tls = store.compartment(StoreFixture.TLS);
        store.close();
        store.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> tls.open("key"));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> tls.commit(StoreFixture.put(Map.of("key", "one"))));
    }

    private Path copy(Path to) throws IOException {
        Path made = Files.createDirectory(to);
        for (Path file : blobs()) {
            Path copied = Files.copy(file, made.resolve(file.getFileName()));
            assertThat(copied).exists();
        }
        Path copied = Files.copy(directory.resolve("manifest"), made.resolve("manifest"));
        assertThat(copied).exists();
        return made;
    }

    private void restore(Path from) throws IOException {
        for (Path file : blobs()) {
            Files.delete(file);
        }
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                if (!file.getFileName().toString().equals("register")) {
                    replace(file, directory.resolve(file.getFileName()));
                }
            }
        }
    }

    private static void replace(Path from, Path to) throws IOException {
        Optional<Path> copied =
                Optional.of(Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING));
        assertThat(copied).isPresent();
    }
}
