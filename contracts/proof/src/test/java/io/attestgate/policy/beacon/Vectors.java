package io.attestgate.policy.beacon;

import io.attestgate.peer.Peer;
import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.ByteString;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.ForkActivation;
import io.attestgate.policy.beacon.spec.Preset;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The real messages of mainnet and of the specification's tests, from the folder of vectors. */
final class Vectors {
    /** The network of the specification's deneb tests: every fork from its genesis on. */
    static final BeaconNetwork MINIMAL =
            new BeaconNetwork(
                    "minimal",
                    Preset.MINIMAL,
                    Instant.ofEpochSecond(1_578_009_600),
                    Duration.ofSeconds(6),
                    hash("0x0a08c27fe4ece2483f9e581f78c66379a06f96e9c24cd1390594ff939b26f95b"),
                    List.of(
                            new ForkActivation(Fork.CAPELLA, version("0x03000001"), 0),
                            new ForkActivation(Fork.DENEB, version("0x04000001"), 0)));

    /** The root of mainnet's bootstrap block. */
    static final Hash32 MAINNET_ROOT =
            hash("0x5afc212a7924789b2bc86acad3ab3a6ffb1f6e97253ea50bee7f4f51422c9275");

    private Vectors() {}

    static Json mainnet(String name) {
        byte[] bytes = read(helios().resolve("testdata").resolve(name));
        return JsonReader.parse(bytes, bytes.length).toOptional().orElseThrow();
    }

    static Path spec(String test) {
        return helios().resolve("consensus-core/testdata/deneb").resolve(test);
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Hash32 hash(String hex) {
        return Hash32.parse(hex).orElseThrow();
    }

    private static Path helios() {
        return Peer.VECTORS.require().resolve("chain/helios/ethereum");
    }

    private static ByteString version(String hex) {
        return ByteString.parse(hex).orElseThrow();
    }
}
