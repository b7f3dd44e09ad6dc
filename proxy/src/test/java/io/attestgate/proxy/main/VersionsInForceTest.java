package io.attestgate.proxy.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.attest.detection.Detection;
import io.attestgate.attest.tpm.TpmPlatform;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.peer.SwTpm;
import io.attestgate.policy.document.TcbState;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.snapshot.Ending;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.Grounds;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway on a TPM, whose registry allows other versions and takes them back. */
@RequiresPeer("swtpm")
final class VersionsInForceTest {
    private static final Path EXAMPLE =
            Path.of(
                    System.getProperty("attestgate.root", ".."),
                    "docs/examples/attestgate-both.yaml");

    private static final Instant BLOCK = Instant.parse("2026-01-02T03:04:05Z");
    private static final Ending TRUSTED =
            new Ending(BLOCK.plus(Duration.ofDays(30)), Ending.Cause.MEASUREMENT_EXPIRED);
    private static final Hash32 NEXT = Hash32.of(Digests.sha256(new byte[] {1}));

    @TempDir private Path folder = Path.of("");

    private final Closing closing = new Closing();
    private final Map<Hash32, Ending> registry = new HashMap<>();
    private SwTpm tpm;
    private Bootstrap bootstrap;
    private Enclave enclave;

    @BeforeEach
    void start() throws Exception {
        tpm = closing.add(SwTpm.start(Files.createDirectory(folder.resolve("tpm"))));
        String text =
                Files.readString(EXAMPLE)
                        .replace("/var/lib/attestgate", folder.resolve("state").toString())
                        .replace(
                                "platform: simulated",
                                "platform: tpm\nlesserPlatform: accepted\n"
                                        + "tpm: {bank: sha256, pcrs: [23], device: %s}"
                                                .formatted(tpm.socket()));
        bootstrap =
                Bootstrap.parse("a.yaml", text.getBytes(StandardCharsets.UTF_8))
                        .toOptional()
                        .orElseThrow();
        enclave = Enclave.open(bootstrap, Detection.in(Path.of("/")), closing);
        registry.put(enclave.measurement(), TRUSTED);
    }

    @AfterEach
    void stop() {
        closing.close();
    }

    private Hash32 next() {
        byte[] registers =
                ByteBuffer.allocate(37)
                        .putShort((short) 0x000B)
                        .put(new byte[] {0, 0, (byte) 0x80})
                        .put(NEXT.bytes())
                        .array();
        return Measurement.of(TpmPlatform.NAME, registers, bootstrap.configDigest());
    }

    private void offer() throws IOException {
        assertThat(Files.writeString(bootstrap.state().resolve("tpm-next"), NEXT + "\n")).exists();
    }

    /** As the chain says now of what the enclave asks about. */
    private Snapshot policy() {
        PolicyPoint point = new PolicyPoint(1, Address.ZERO, 1, Hash32.ZERO, 1, Hash32.ZERO, BLOCK);
        Map<Hash32, Ending> others = new HashMap<>();
        enclave.otherMeasurements().forEach(asked -> others.put(asked, trust(asked)));
        Grounds fulfilled = Grounds.fulfilled();
        return new SnapshotBuilder(
                        new Enforcer(
                                TpmPlatform.NAME,
                                TcbState.UNJUDGED,
                                Set.of(),
                                Optional.empty(),
                                Enforcer.Rollback.TRUSTED_REGISTER))
                .next(Optional.empty(), PolicyReading.of(point, Map.of()))
                .on(
                        new Grounds(
                                fulfilled.beats(),
                                trust(enclave.measurement()),
                                fulfilled.early(),
                                others));
    }

    private Ending trust(Hash32 measurement) {
        return registry.getOrDefault(measurement, Ending.already(Ending.Cause.MEASUREMENT_UNKNOWN));
    }

    private int signed() throws IOException {
        byte[] file = Files.readAllBytes(bootstrap.state().resolve("tpm-policies"));
        return ((Json.Arr) JsonReader.parse(file, file.length).toOptional().orElseThrow())
                .elements()
                .size();
    }

    @Test
    void aVersionIsSignedForOnceTheRegistryAllowsItAndNoLongerThanItDoes() throws Exception {
        enclave.obeyForVersions(policy(), BLOCK);
        assertThat(enclave.otherMeasurements()).isEmpty();
        offer();
        assertThat(enclave.otherMeasurements()).containsExactly(next());
        enclave.obeyForVersions(policy(), BLOCK);
        assertThat(signed()).isEqualTo(1);

        registry.put(next(), TRUSTED);
        enclave.obeyForVersions(policy(), BLOCK);
        assertThat(signed()).isEqualTo(2);

        Files.delete(bootstrap.state().resolve("tpm-next"));
        assertThat(enclave.otherMeasurements()).containsExactly(next());
        registry.put(next(), Ending.already(Ending.Cause.MEASUREMENT_REVOKED));
        enclave.obeyForVersions(policy(), BLOCK);
        assertThat(enclave.otherMeasurements()).isEmpty();
        assertThat(signed()).isEqualTo(2); // Its own, in the epoch before and in the new one.
    }

    @Test
    void aVersionWhoseTimeIsOverByTheLatestClockIsTakenBack() throws Exception {
        offer();
        registry.put(next(), new Ending(BLOCK.plusSeconds(5), Ending.Cause.MEASUREMENT_EXPIRED));
        enclave.obeyForVersions(policy(), BLOCK);
        Files.delete(bootstrap.state().resolve("tpm-next"));
        assertThat(enclave.otherMeasurements()).containsExactly(next());
        enclave.obeyForVersions(policy(), BLOCK.plusSeconds(5));
        assertThat(enclave.otherMeasurements()).isEmpty();
    }

    @Test
    void nothingIsSignedOnAPolicyThatIsStaleOrByCodeThatIsNotTrusted() throws Exception {
        offer();
        registry.put(next(), TRUSTED);
        enclave.obeyForVersions(policy(), policy().softStaleAt());
        registry.put(enclave.measurement(), Ending.already(Ending.Cause.MEASUREMENT_REVOKED));
        enclave.obeyForVersions(policy(), BLOCK);
        assertThat(signed()).isEqualTo(1);
    }
}
