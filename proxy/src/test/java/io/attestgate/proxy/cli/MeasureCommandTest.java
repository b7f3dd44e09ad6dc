package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.peer.SwTpm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MeasureCommandTest {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("attestgate.root", ".."), "docs/examples/attestgate.yaml");
    private static final String ENDPOINTS =
            """
            url: https://one.example
                  pins: [AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA]
                - url: https://two.example
                  pins: [EAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA]\
            """;

    @Test
    void theMeasurementIsTheSameForTheSameBytesAndAnotherForOthers(@TempDir Path folder)
            throws IOException {
        Path other = folder.resolve("attestgate.yaml");
        java.nio.file.Files.writeString(
                other, java.nio.file.Files.readString(EXAMPLE) + "# a comment\n");

        Ran first = attestgate("measure", "--config", EXAMPLE.toString());
        Ran again = attestgate("measure", "--config", EXAMPLE.toString());
        Ran changed = attestgate("measure", "--config", other.toString());

        assertThat(first.err()).isEmpty();
        assertThat(first.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(first.out()).matches("(?s)0x[0-9a-f]{64}\n.*");
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(changed.out().lines().findFirst()).isNotEqualTo(first.out().lines().findFirst());
    }

    @Test
    void aProgramReadsTheMeasurement() {
        assertThat(attestgate("measure", "--json", "--config", EXAMPLE.toString()).out())
                .matches(
                        "\\{\"config\":\"0x[0-9a-f]{64}\",\"measurement\":\"0x[0-9a-f]{64}\","
                                + "\"platform\":\"simulated\"}\n");
    }

    @Test
    void aFileWithFaultsHasNoMeasurement(@TempDir Path folder) throws IOException {
        Path bad = folder.resolve("attestgate.yaml");
        java.nio.file.Files.writeString(bad, "platform: simulated\n");

        Ran ran = attestgate("measure", "--config", bad.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("attestgate: attestgate.yaml:1:1: ");
    }

    @Test
    @RequiresPeer("swtpm")
    void aTpmIsNamedAsDocumentsNameItWhateverHappensToItsState(
            @TempDir Path folder, @TempDir Path tpm) throws IOException {
        Path config = folder.resolve("attestgate.yaml");
        java.nio.file.Files.writeString(
                config,
                java.nio.file.Files.readString(EXAMPLE)
                        .replace(
                                "platform: simulated",
                                """
                                platform: tpm
                                tpm:
                                  bank: sha256
                                  pcrs: [7]
                                  device: %s\
                                """
                                        .formatted(tpm.resolve("socket")))
                        .replace("trust: devnet", "trust: quorum\n  quorum: 2")
                        .replace("url: http://127.0.0.1:8545", ENDPOINTS));

        try (SwTpm software = SwTpm.start(tpm)) {
            Ran first = attestgate("measure", "--json", "--config", config.toString());
            Ran again = attestgate("measure", "--json", "--config", config.toString());

            assertThat(software.socket()).isEqualTo(tpm.resolve("socket"));
            assertThat(first.err()).isEmpty();
            assertThat(first.out())
                    .matches(
                            "\\{\"config\":\"HASH\",\"endorsement\":\"NAME\",\"instance\":\"DIGEST\","
                                    .concat("\"key\":\"NAME\",\"measurement\":\"HASH\",")
                                    .concat("\"platform\":\"tpm\",\"root\":\"HASH\"}\n")
                                    .replace("HASH", "0x[0-9a-f]{64}")
                                    .replace("NAME", "0x000b[0-9a-f]{64}")
                                    .replace("DIGEST", "[A-Za-z0-9_-]{43}"));
            assertThat(again.out()).isEqualTo(first.out());
        }
    }
}
