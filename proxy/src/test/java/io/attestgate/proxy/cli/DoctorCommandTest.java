package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("attestgate.root", ".."), "docs/examples/attestgate.yaml");

    @Test
    void aMachineThatRunsTheTestsRunsAGateway() {
        Ran ran = attestgate("doctor");

        assertThat(ran.out()).contains("java", "BoringSSL", "memory").doesNotContain("BAD");
        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
    }

    @Test
    void aPortThatIsTakenIsBad(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("attestgate.yaml");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listeners =
                    "listeners: {https: 127.0.0.1:%d, http: off, operations: off}\n"
                            .formatted(taken.getLocalPort());
            java.nio.file.Files.writeString(
                    file,
                    java.nio.file.Files.readString(EXAMPLE)
                            .replaceFirst("(?s)listeners:.*?\n\n", listeners + "\n")
                            .replace(
                                    "platform: simulated",
                                    "platform: simulated\nlesserPlatform: accepted")
                            .replace("/var/lib/attestgate", folder.resolve("state").toString()));

            Ran ran = attestgate("doctor", "--config", file.toString());

            assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
            assertThat(ran.out().lines().filter(line -> line.contains("BAD")))
                    .singleElement()
                    .asString()
                    .contains("port", ":" + taken.getLocalPort());
        }
    }
}
