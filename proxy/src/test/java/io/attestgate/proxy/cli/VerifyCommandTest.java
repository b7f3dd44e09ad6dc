package io.attestgate.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.FreePort;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerifyCommandTest {
    private static final String PIN = "A".repeat(43);
    private static final String CONTRACT = "0x" + "11".repeat(20);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify",
                "verify http://a.example",
                "verify https://a.example/path",
                "verify https://127.0.0.1",
                "verify https://a.example --pin short",
                "verify https://a.example --measurement 0x12",
                "verify https://a.example --connect nowhere",
                "verify https://a.example --timeout 0",
                "verify https://a.example --contract 0x1111111111111111111111111111111111111111",
                "verify https://a.example --rpc http://127.0.0.1:1",
                "verify https://a.example --unknown",
            })
    void whatNamesNoEndpointOrNoRuleIsWrongUse(String line) {
        Ran ran = Ran.attestgate(line.split(" ", -1));

        assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(ran.err()).contains("expected: ");
    }

    @Test
    void oneEndpointsWordOfTheChainGoesWithSimulatedEvidenceOnly() {
        Ran ran =
                Ran.attestgate(
                        "verify",
                        "https://a.example",
                        "--contract=" + CONTRACT,
                        "--rpc=http://127.0.0.1:1");

        assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(ran.err()).contains("--allow-simulated");
    }

    @Test
    void anEndpointThatIsNotThereIsNotVerified() {
        Ran ran = Ran.attestgate("verify", nobody(), "--pin=" + PIN, "--allow-simulated");

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.out()).contains("FAIL        connection").endsWith("not verified\n");
    }

    @Test
    void aProgramReadsTheSame() {
        Ran ran = Ran.attestgate("verify", nobody(), "--pin=" + PIN, "--json");
        Json json =
                JsonReader.parse(ran.out().getBytes(StandardCharsets.UTF_8), 1 << 16)
                        .toOptional()
                        .orElseThrow();

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(((Json.Obj) json).get("verified")).contains(new Json.Bool(false));
    }

    @Test
    void authoritiesThatCannotBeReadAreAFailure(@TempDir Path folder) throws IOException {
        Path noPem = Files.writeString(folder.resolve("ca.pem"), "no certificate");

        assertThat(Ran.attestgate("verify", nobody(), "--ca=" + noPem).status())
                .isEqualTo(ExitStatus.FAILED);
        assertThat(Ran.attestgate("verify", nobody(), "--ca=" + folder.resolve("none")).status())
                .isEqualTo(ExitStatus.FAILED);
    }

    private static String nobody() {
        return "https://nobody.verify.localhost:" + FreePort.next();
    }
}
