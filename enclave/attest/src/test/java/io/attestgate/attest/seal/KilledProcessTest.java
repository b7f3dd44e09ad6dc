package io.attestgate.attest.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.attest.ChildJvm;
import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.simulated.SimulatedPlatform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, killed while it commits. */
final class KilledProcessTest {
    @TempDir private Path directory;

    @Test
    void aKilledProcessLeavesItsLastCommitOrTheOneAfterIt() throws Exception {
        kill(3);
    }

    @Test
    @Tag("long")
    void aProcessKilledManyTimesLeavesItsLastCommitOrTheOneAfterIt() throws Exception {
        kill(40);
    }

    private void kill(int times) throws Exception {
        Random random = new Random(times);
        int last = 0;
        for (int i = 0; i < times; i++) {
            last = runAndKill(last, 1 + random.nextInt(40));
        }
    }

    /** Lets it commit a few times, kills it, and says what a reader finds then. */
    private int runAndKill(int found, int commits) throws Exception {
        int acknowledged = found;
        try (ChildJvm child = ChildJvm.start(Committer.class, directory.toString())) {
            for (int i = 0; i < commits; i++) {
                acknowledged = Integer.parseInt(child.line());
            }
            child.kill();
            List<String> rest = child.rest();
            if (!rest.isEmpty()) {
                acknowledged = Integer.parseInt(rest.getLast());
            }
        }
        int now = read();
        assertThat(now).isBetween(acknowledged, acknowledged + 1);
        return now;
    }

    private int read() throws SealException, IOException {
        try (SealedStore store = open()) {
            Compartment tls = store.compartment(StoreFixture.TLS);
            Optional<String> first = StoreFixture.text(tls, "first");
            assertThat(StoreFixture.text(tls, "second")).isEqualTo(first);
            return Integer.parseInt(first.orElseThrow());
        }
    }

    @SuppressWarnings("MustBeClosedChecker") // Each caller closes it.
    private SealedStore open() throws SealException, IOException {
        return SealedStore.open(
                directory,
                SimulatedPlatform.of(
                        StoreFixture.CODE, DirectoryDisk.open(directory), StoreFixture.CONFIG),
                StoreFixture.CONFIG);
    }

    @Test
    void aStoreThatAnotherProcessHoldsNamesIt() throws Exception {
        try (ChildJvm child = ChildJvm.start(Committer.class, directory.toString())) {
            assertThat(child.line()).isEqualTo("1");
            SealException refused = catchThrowableOfType(SealException.class, this::open);
            assertThat(refused.reason()).isEqualTo(SealException.Reason.HELD);
            assertThat(refused).hasMessageContaining("process " + child.pid());
            child.kill();
        }
        open().close();
    }
}
