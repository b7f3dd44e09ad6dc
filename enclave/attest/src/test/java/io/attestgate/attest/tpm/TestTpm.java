package io.attestgate.attest.tpm;

import static org.assertj.core.api.Assertions.catchThrowable;

import io.attestgate.attest.disk.DirectoryDisk;
import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.peer.SwTpm;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A software TPM in a folder of its own, and platforms on it. */
final class TestTpm implements AutoCloseable {
    static final Hash32 CONFIG = hash("config");

    /** 7 as firmware measures it, 16 and 23 as tests can extend and reset them. */
    static final PcrSelection PCRS =
            new PcrSelection(PcrSelection.Bank.SHA256, new TreeSet<>(List.of(7, 16, 23)));

    private final Path folder;
    private SwTpm tpm;

    private TestTpm(Path folder, SwTpm tpm) {
        this.folder = folder;
        this.tpm = tpm;
    }

    static TestTpm start() throws IOException {
        Path folder = Files.createTempDirectory("swtpm");
        return new TestTpm(folder, SwTpm.start(folder));
    }

    static Hash32 hash(String text) {
        return Hash32.of(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Switches the machine off and on. */
    void restart() throws IOException {
        tpm.close();
        tpm = SwTpm.start(folder);
    }

    TpmTransport transport() throws IOException {
        return TpmSocket.open(tpm.socket());
    }

    Path socket() {
        return tpm.socket();
    }

    TpmPlatform open(Path state) throws PlatformException, IOException {
        return open(state, transport -> transport);
    }

    TpmPlatform open(Path state, UnaryOperator<TpmTransport> bus)
            throws PlatformException, IOException {
        return open(DirectoryDisk.open(state), CONFIG, bus);
    }

    TpmPlatform open(Disk disk, Hash32 config, UnaryOperator<TpmTransport> bus)
            throws PlatformException, IOException {
        return TpmPlatform.of(bus.apply(transport()), disk, settings(), config);
    }

    TpmSettings settings() {
        return new TpmSettings(tpm.socket(), PCRS, Optional.empty());
    }

    /** Why the TPM was refused, or refused, below whatever was thrown. */
    static TpmException refusal(ThrowingCallable call) {
        for (Throwable thrown = catchThrowable(call); thrown != null; thrown = thrown.getCause()) {
            if (thrown instanceof TpmException refused) {
                return refused;
            }
        }
        throw new AssertionError("nothing was refused");
    }

    /** As something that is measured would. */
    void extend(int pcr, String what) throws IOException, TpmException {
        try (Tpm raw = new Tpm(transport())) {
            TpmWriter digests =
                    new TpmWriter().uint32(1).uint16(Tpms.ALG_SHA256).bytes(hash(what).bytes());
            raw.run(
                            Command.of(CommandCode.PCR_EXTEND, digests, Entity.ofHandle(pcr)),
                            new EmptyPassword())
                    .reader()
                    .end();
        }
    }

    @Override
    public void close() throws IOException {
        tpm.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
