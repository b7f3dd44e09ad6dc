package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckCommandTest {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("attestgate.root", ".."), "docs/examples/attestgate.yaml");

    @TempDir private Path folder = Path.of("");

    @Test
    void theExampleIsGoodAndSummarized() {
        Ran ran = attestgate("check", "--config", EXAMPLE.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out()).contains("attestgate.yaml: good", "31337", "http://127.0.0.1:8545");
        assertThat(ran.out().lines())
                .anyMatch(line -> line.matches(" *machine +.*simulated"))
                .anyMatch(line -> line.matches(" *here +would (not )?start.*"));
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void everyFaultIsALineWithItsPlace() throws IOException {
        Path file = file("platform: tsm\nroutes: []\n");

        Ran ran = attestgate("check", "--config", file.toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines())
                .anyMatch(
                        l -> l.startsWith("attestgate: a.yaml:1:11: platform: \"tsm\" (expected: "))
                .anyMatch(l -> l.startsWith("attestgate: a.yaml:2:1: file: \"routes\" (expected: "))
                .allMatch(l -> l.startsWith("attestgate: a.yaml:"));
    }

    @Test
    void aProgramReadsTheSameFaults() throws IOException {
        Ran bad = attestgate("check", "--json", "--config", file("a: 1").toString());
        Ran good = attestgate("check", "--json", "--config", EXAMPLE.toString());

        assertThat(bad.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(bad.out()).startsWith("{\"config\":null,\"faults\":[\"a.yaml:1:1: ");
        assertThat(good.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(good.out()).contains("\"faults\":[],\"good\":true,\"machine\":[");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Ran ran = attestgate("check", "--config", folder.resolve("none.yaml").toString());

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).startsWith("attestgate: --config: \"").contains("a file that exists");
    }

    private Path file(String text) throws IOException {
        return java.nio.file.Files.writeString(folder.resolve("a.yaml"), text);
    }
}
