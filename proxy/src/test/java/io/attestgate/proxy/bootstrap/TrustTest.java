package io.attestgate.proxy.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.ForkActivation;
import io.attestgate.policy.beacon.spec.KnownNetworks;
import io.attestgate.policy.beacon.spec.Preset;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the file says of who says what is final. */
final class TrustTest {
    private static final String BOTH = both();
    private static final String RPC =
            BOTH.substring(BOTH.indexOf("  rpc:"), BOTH.indexOf("  beacon:"));
    private static final String LIGHT =
            BOTH.substring(BOTH.indexOf("  beacon:"), BOTH.indexOf("  documents:"));
    private static final String WRITTEN_OUT =
            """
              network:
                name: local
                preset: minimal
                genesisTime: 2026-01-02T03:04:05Z
                slotDuration: 1s
                genesisValidatorsRoot: 0x%s
                forks:
                  - {fork: capella, version: 0x00000001, epoch: 0}
                  - {fork: deneb, version: 0x00000002, epoch: 7}
            """
                    .formatted("77".repeat(32));

    @Test
    void theExampleForBothIsGood() {
        ChainAnchor chain = good(BOTH).chain();

        assertThat(chain.trust()).isEqualTo(Trust.BOTH);
        assertThat(chain.quorum()).hasValue(2);
        assertThat(chain.rpc()).hasSize(3);
        LightClientTrust light = chain.lightClient().orElseThrow();
        assertThat(light.beacons()).hasSize(1);
        assertThat(light.settings().network()).isEqualTo(KnownNetworks.MAINNET);
        assertThat(light.settings().checkpoint())
                .isEqualTo(Hash32.parse("0x" + "66".repeat(32)).orElseThrow());
        assertThat(light.settings().checkpointAgeMax()).isEqualTo(Duration.ofDays(30));
        assertThat(chain.documents().mirrors())
                .containsExactly(URI.create("https://documents.example/attestgate/"));
    }

    @Test
    void theCheckpointsAgeHasADefaultAndNothingElseOfTrustHas() {
        assertThat(
                        good(without("  checkpointAge: 30d\n"))
                                .chain()
                                .lightClient()
                                .orElseThrow()
                                .settings()
                                .checkpointAgeMax())
                .isEqualTo(Duration.ofDays(30));
        assertThat(names(without("  quorum: 2\n"))).containsExactly("chain.quorum");
        assertThat(names(BOTH.replace(LIGHT, "")))
                .containsExactlyInAnyOrder("chain.beacon", "chain.network", "chain.checkpoint");
    }

    @Test
    void eachTrustReadsWhatItNeedsAndRefusesWhatItWouldNotRead() {
        assertThat(
                        good(BOTH.replace("trust: both", "trust: quorum").replace(LIGHT, ""))
                                .chain()
                                .lightClient())
                .isEmpty();
        assertThat(good(with("trust: both\n  quorum: 2", "trust: light-client")).chain().quorum())
                .isEmpty();
        assertThat(names(with("trust: both", "trust: quorum")))
                .containsExactlyInAnyOrder(
                        "chain.beacon", "chain.network", "chain.checkpoint", "chain.checkpointAge");
        assertThat(names(with("trust: both", "trust: light-client")))
                .containsExactly("chain.quorum");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quorum: 2|quorum: 1|chain.quorum",
                "quorum: 2|quorum: 4|chain.quorum",
                "quorum: 2|quorum: many|chain.quorum",
                "checkpoint: 0x66|checkpoint: 66|chain.checkpoint",
                "checkpointAge: 30d|checkpointAge: 91d|chain.checkpointAge",
                "checkpointAge: 30d|checkpointAge: 59m|chain.checkpointAge",
                "network: mainnet|network: holesky|chain.network",
                "network: mainnet|network: []|chain.network",
                "https://rpc.one.example/v1|http://rpc.one.example/v1|chain.rpc[0].url",
                "https://beacon.one|http://beacon.one|chain.beacon[0].url",
                "https://documents.example|http://documents.example|chain.documents.mirrors[0]",
                "attestgate/]|attestgate]|chain.documents.mirrors[0]",
                "mirrors: [|folder: [|chain.documents.folder",
                "mirrors: [|others: [|chain.documents",
            })
    void aWrongValueIsNamed(String found, String replacement, String name) {
        assertThat(names(with(found, replacement))).containsExactly(name);
    }

    @Test
    void aPinUnderTwoEndpointsIsOneVoiceAndRefused() {
        assertThat(
                        names(
                                with(
                                        "IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI",
                                        "ERERERERERERERERERERERERERERERERERERERERERE")))
                .containsExactly("chain.rpc");
        assertThat(
                        names(
                                with(
                                                "IiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI",
                                                "ERERERERERERERERERERERERERERERERERERERERERE")
                                        .replace(
                                                "trust: both\n  quorum: 2", "trust: light-client")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8545", "http://[::1]:5052/"})
    void aLightClientNeedsNoTlsOnLoopbackAndAQuorumDoes(String loopback) {
        String light = with("trust: both\n  quorum: 2", "trust: light-client");
        String plain = light.replace(RPC, "  rpc:\n    - url: " + loopback + "\n");
        String plainBeacon =
                plain.replaceFirst(
                        "(?s)    - url: https://beacon.*?\n.*?\n", "    - url: " + loopback + "\n");

        assertThat(good(plain).chain().rpc().getFirst().isPlain()).isTrue();
        assertThat(
                        good(plainBeacon)
                                .chain()
                                .lightClient()
                                .orElseThrow()
                                .beacons()
                                .getFirst()
                                .isPlain())
                .isTrue();
        assertThat(names(plain.replace(loopback, "http://localhost:8545")))
                .containsExactly("chain.rpc[0].url");
        assertThat(names(BOTH.replace(RPC, "  rpc:\n    - url: " + loopback + "\n")))
                .contains("chain.rpc[0].url");
    }

    @Test
    void aNetworkOfOnesOwnIsWrittenOut() {
        BeaconNetwork network =
                good(with("  network: mainnet\n", WRITTEN_OUT))
                        .chain()
                        .lightClient()
                        .orElseThrow()
                        .settings()
                        .network();

        assertThat(network.name()).isEqualTo("local");
        assertThat(network.preset()).isEqualTo(Preset.MINIMAL);
        assertThat(network.genesisTime()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(network.slotDuration()).isEqualTo(Duration.ofSeconds(1));
        assertThat(network.forks())
                .extracting(ForkActivation::fork)
                .containsExactly(Fork.CAPELLA, Fork.DENEB);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: local|name: Local!|chain.network.name",
                "preset: minimal|preset: huge|chain.network.preset",
                "genesisTime: 2026-01-02T03:04:05Z|genesisTime:"
                        + " 1767323045|chain.network.genesisTime",
                "slotDuration: 1s|slotDuration: 2h|chain.network.slotDuration",
                "0x7777|0x777|chain.network.genesisValidatorsRoot",
                "fork: deneb|fork: bellatrix|chain.network.forks[1].fork",
                "0x00000002|0x000002|chain.network.forks[1].version",
                "epoch: 7|epoch: -7|chain.network.forks[1].epoch",
                "epoch: 0|epoch: 8|chain.network.forks",
                "fork: deneb|fork: capella|chain.network.forks",
            })
    void aWrongValueOfItIsNamed(String found, String replacement, String name) {
        assertThat(WRITTEN_OUT).contains(found);
        assertThat(names(with("  network: mainnet\n", WRITTEN_OUT.replace(found, replacement))))
                .containsExactly(name);
    }

    private static String both() {
        try {
            return Files.readString(
                    Path.of(
                            System.getProperty("attestgate.root", ".."),
                            "docs",
                            "examples",
                            "attestgate-both.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String with(String found, String replacement) {
        assertThat(BOTH).contains(found);
        return BOTH.replace(found, replacement);
    }

    private static String without(String line) {
        return with(line, "");
    }

    private static Bootstrap good(String text) {
        assertThat(BootstrapFiles.parse(text).faults()).isEmpty();
        return BootstrapFiles.parse(text).toOptional().orElseThrow();
    }

    private static List<String> names(String text) {
        return BootstrapFiles.parse(text).faults().stream()
                .map(Fault::path)
                .map(path -> path.replaceFirst("^\\S+ ", ""))
                .toList();
    }
}
