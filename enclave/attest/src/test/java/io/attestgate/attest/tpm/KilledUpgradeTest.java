package io.attestgate.attest.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.seal.Purpose;
import io.attestgate.attest.seal.SealedStore;
import io.attestgate.attest.tpm.TpmException.Reason;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A withdrawal that is killed at each of its steps, and an operator who keeps every signature that
 * ever reached his disk.
 *
 * <p>How: a step is whatever changes the disk or the TPM for good. The process ends in the n-th,
 * done or not done, for every n until the withdrawal gets through. Then a version that it was to
 * keep is revoked too. The process starts again, ends what was interrupted, takes that version back
 * and others after it, and from then on nothing that he has kept may be a policy of that version in
 * an epoch that is or is to come.
 */
@RequiresPeer("swtpm")
final class KilledUpgradeTest {
    private static final String REVOKED = "revoked";

    @TempDir private Path folder;
    private final List<SignedPolicy> signed = new ArrayList<>();
    private final Set<Hash32> refused = new HashSet<>();
    private Hash32 revoked = Hash32.ZERO;
    private Steps steps = new Steps(Integer.MAX_VALUE, false);
    private TestTpm tpm;

    @BeforeEach
    void start() throws Exception {
        tpm = TestTpm.start();
        tpm.extend(23, REVOKED);
        try (Channel channel = channel()) {
            revoked = Pcrs.read(channel, TestTpm.PCRS).digest();
        }
    }

    @AfterEach
    void stop() throws IOException {
        tpm.close();
    }

    private Channel channel() throws Exception {
        return Channel.open(new Tpm(tpm.transport()), new SecureRandom());
    }

    /** Ends the process in the n-th step; nothing happens after it. */
    private static final class Steps {
        private final int last;
        private final boolean happens;
        private int done;

        Steps(int last, boolean happens) {
            this.last = last;
            this.happens = happens;
        }

        interface Step<T> {
            T make() throws IOException;
        }

        <T> T make(Step<T> step) throws IOException {
            done++;
            if (done > last || (done == last && !happens)) {
                throw new IOException("killed");
            }
            T made = step.make();
            if (done == last) {
                throw new IOException("killed");
            }
            return made;
        }

        boolean killed() {
            return done >= last;
        }
    }

    /** A disk whose owner keeps what is written, and on which each change is a step. */
    private final class KeptDisk implements Disk {
        private final Disk disk;

        KeptDisk(Disk disk) {
            this.disk = disk;
        }

        private interface Change {
            void make() throws IOException;
        }

        private void step(Change change) throws IOException {
            boolean made =
                    steps.make(
                            () -> {
                                change.make();
                                return true;
                            });
            assertThat(made).isTrue();
        }

        @Override
        public Optional<byte[]> read(String name, int sizeBytesMax) throws IOException {
            return disk.read(name, sizeBytesMax);
        }

        @Override
        public void write(String name, byte[] content) throws IOException {
            if (name.startsWith(StateFiles.POLICIES)) {
                keep(content);
            }
            step(() -> disk.write(name, content));
        }

        private void keep(byte[] content) throws IOException {
            try {
                SignedPolicies.parse(content).entries().stream()
                        .flatMap(Optional::stream)
                        .forEach(signed::add);
            } catch (TpmException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void sync(String name) throws IOException {
            step(() -> disk.sync(name));
        }

        @Override
        public void rename(String from, String to) throws IOException {
            step(() -> disk.rename(from, to));
        }

        @Override
        public void delete(String name) throws IOException {
            step(() -> disk.delete(name));
        }

        @Override
        public void syncNames() throws IOException {
            step(disk::syncNames);
        }

        @Override
        public SortedSet<String> names() throws IOException {
            return disk.names();
        }
    }

    /** A bus on which each command that changes the TPM for good is a step. */
    private TpmTransport stepping(TpmTransport transport) {
        return new Bus(transport)
                .tap(
                        (behind, command) ->
                                Bus.isOf(CommandCode.NV_INCREMENT, command)
                                                || Bus.isOf(CommandCode.NV_EXTEND, command)
                                        ? steps.make(() -> behind.transmit(command))
                                        : behind.transmit(command));
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
    private Running boot(Path state) throws Exception {
        tpm.restart();
        TpmPlatform platform =
                tpm.open(new KeptDisk(DirectoryDisk.open(state)), TestTpm.CONFIG, this::stepping);
        SealedStore store = SealedStore.open(state, platform, TestTpm.CONFIG);
        return new Running(platform, store, platform.upgrades(store.compartment(Purpose.UPGRADE)));
    }

    private boolean allows(Hash32 measurement) {
        return !refused.contains(measurement);
    }

    /** Signs for a version, and gives the measurement back that the registry is asked about. */
    private Hash32 authorise(Upgrades upgrades, Path state, Hash32 version) throws Exception {
        String line = version + "\n";
        assertThat(Files.writeString(state.resolve(StateFiles.NEXT), line)).exists();
        Set<Hash32> added = upgrades.authorise(this::allows);
        Files.delete(state.resolve(StateFiles.NEXT));
        return added.iterator().next();
    }

    @Test
    void nothingThatWasEverSignedOpensForAVersionThatWasTakenBack() throws Exception {
        for (boolean happens : new boolean[] {false, true}) {
            int last = 1;
            while (isKilledAndEnded(last, happens)) {
                last++;
            }
            assertThat(last).isGreaterThan(5);
        }
    }

    private boolean isKilledAndEnded(int last, boolean happens) throws Exception {
        signed.clear();
        refused.clear();
        Path state = Files.createDirectory(folder.resolve(last + "." + happens));
        Hash32 other;
        Hash32 taken;
        try (Running first = boot(state)) {
            other = authorise(first.upgrades(), state, TestTpm.hash("another version"));
            taken = authorise(first.upgrades(), state, revoked);
        }
        boolean killed = isKilled(state, last, happens, other);
        refused.add(taken);
        try (Running again = boot(state)) {
            assertThat(again.upgrades().withdraw(this::allows)).contains(taken);
        }
        assertNothingIsKept(state);
        try (Running later = boot(state)) {
            refused.add(authorise(later.upgrades(), state, TestTpm.hash("a later version")));
            assertThat(later.upgrades().withdraw(this::allows)).hasSize(1);
        }
        assertNothingIsKept(state);
        tpm.restart();
        tpm.extend(23, REVOKED);
        byte[] kept = SignedPolicies.of(signed).toBytes();
        assertThat(Files.write(state.resolve(StateFiles.POLICIES), kept)).exists();
        assertThat(TestTpm.refusal(() -> tpm.open(state).close()).reason())
                .isEqualTo(Reason.NOT_AUTHORISED);
        tpm.restart();
        tpm.open(state).close();
        return killed;
    }

    private boolean isKilled(Path state, int last, boolean happens, Hash32 other) throws Exception {
        Running running = boot(state);
        refused.add(other);
        steps = new Steps(last, happens);
        Throwable end =
                catchThrowable(
                        () -> assertThat(running.upgrades().withdraw(this::allows)).hasSize(1));
        boolean killed = steps.killed();
        assertThat(Optional.ofNullable(end).isPresent()).isEqualTo(killed);
        steps = new Steps(Integer.MAX_VALUE, false);
        running.close();
        return killed;
    }

    /** In no epoch from now on. */
    private void assertNothingIsKept(Path state) throws Exception {
        TpmState sealed = TpmState.parse(Files.readAllBytes(state.resolve(StateFiles.STATE)));
        try (Channel channel = channel()) {
            long now = Epoch.read(channel, sealed.epoch());
            List<Hash32> his = new ArrayList<>();
            for (long epoch = now; epoch < now + 16; epoch++) {
                his.add(new Policy(sealed.epoch(), epoch, TestTpm.PCRS, revoked).digest());
            }
            assertThat(signed).extracting(SignedPolicy::policy).doesNotContainAnyElementsOf(his);
        }
    }
}
