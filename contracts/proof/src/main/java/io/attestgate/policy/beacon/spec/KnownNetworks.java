package io.attestgate.policy.beacon.spec;

import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The public networks whose parameters are part of the measured code, so that a file need only name
 * them. Each is that of its own configuration (eth-clients/mainnet and eth-clients/sepolia, {@code
 * metadata/config.yaml}).
 */
public final class KnownNetworks {
    private static final Duration SLOT = Duration.ofSeconds(12);

    public static final BeaconNetwork MAINNET =
            new BeaconNetwork(
                    "mainnet",
                    Preset.MAINNET,
                    Instant.ofEpochSecond(1_606_824_023),
                    SLOT,
                    hash("0x4b363db94e286120d76eb905340fdd4e54bfe9f06bf33ff6cf5ad27f511bfe95"),
                    List.of(
                            activation(Fork.CAPELLA, "0x03000000", 194_048),
                            activation(Fork.DENEB, "0x04000000", 269_568),
                            activation(Fork.ELECTRA, "0x05000000", 364_032),
                            activation(Fork.FULU, "0x06000000", 411_392)));

    public static final BeaconNetwork SEPOLIA =
            new BeaconNetwork(
                    "sepolia",
                    Preset.MAINNET,
                    Instant.ofEpochSecond(1_655_733_600),
                    SLOT,
                    hash("0xd8ea171f3c94aea21ebc42a1ed61052acf3f9209c00e4efbaaddac09ed9b8078"),
                    List.of(
                            activation(Fork.CAPELLA, "0x90000072", 56_832),
                            activation(Fork.DENEB, "0x90000073", 132_608),
                            activation(Fork.ELECTRA, "0x90000074", 222_464),
                            activation(Fork.FULU, "0x90000075", 272_640)));

    private KnownNetworks() {}

    /** The network of that name; empty if its parameters must be written out. */
    public static Optional<BeaconNetwork> named(String name) {
        return List.of(MAINNET, SEPOLIA).stream()
                .filter(network -> network.name().equals(name))
                .findFirst();
    }

    private static Hash32 hash(String hex) {
        return Hash32.parse(hex).orElseThrow();
    }

    private static ForkActivation activation(Fork fork, String version, long epoch) {
        return new ForkActivation(fork, ByteString.parse(version).orElseThrow(), epoch);
    }
}
