package io.attestgate.bench;

import io.attestgate.attest.seal.Changes;
import io.attestgate.attest.seal.Compartment;
import io.attestgate.attest.seal.Purpose;
import io.attestgate.attest.seal.SealException;
import io.attestgate.attest.seal.SealedStore;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Blobs of a sealed store opened, one after the other on one core: read from the disk's cache, held
 * against the manifest, decrypted into locked memory, zeroed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class SealedStoreBenchmark {
    private static final Purpose TLS = Purpose.tls(new Hostname("app.example"));
    private static final int BLOBS = 64;

    /** A key, and a certificate with its chain. */
    @Param({"138", "4096"})
    public int blobBytes;

    private Path folder = Path.of("");
    private @Nullable SealedStore store;
    private int next;

    @Setup
    @SuppressWarnings("MustBeClosedChecker") // Closed by remove.
    public void prepare() throws Exception {
        folder = Files.createTempDirectory("attestgate-bench");
        SealedStore opened =
                SealedStore.open(
                        folder,
                        SimulatedPlatform.open(Hash32.ZERO, folder, Hash32.ZERO),
                        Hash32.ZERO);
        store = opened;
        byte[] content = new byte[blobBytes];
        Arrays.fill(content, (byte) 7);
        Changes changes = Changes.none();
        for (int i = 0; i < BLOBS; i++) {
            changes = changes.put("blob-" + i, content);
        }
        opened.compartment(TLS).commit(changes);
    }

    @Benchmark
    public int open() throws SealException {
        Compartment compartment = Objects.requireNonNull(store).compartment(TLS);
        next = (next + 1) % BLOBS;
        try (SecretMemory secret = compartment.open("blob-" + next).orElseThrow()) {
            return secret.lend(bytes -> bytes[0]);
        }
    }

    @TearDown
    public void remove() throws IOException {
        Objects.requireNonNull(store).close();
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }
}
