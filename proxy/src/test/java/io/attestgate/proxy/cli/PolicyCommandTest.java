package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What needs no chain. */
final class PolicyCommandTest {
    private static final String KEY = "0x" + "0".repeat(63) + "1";

    @TempDir private Path folder = Path.of("");

    @Test
    void aFileThatIsNoJsonIsRefusedWithItsPlace() throws IOException {
        Ran ran = attestgate("policy", "check", file("{\"a\":1,\"a\":2}"));

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).startsWith("attestgate: $");
    }

    @Test
    void everyFaultIsALineWithItsJsonPath() throws IOException {
        Ran ran =
                attestgate(
                        "policy",
                        "check",
                        file("{\"domain\": \"app.example\", \"route\": [], \"routes\": 1}"));

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err().lines())
                .hasSizeGreaterThan(2)
                .allMatch(line -> line.startsWith("attestgate: $"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway.json", "domain.json"})
    void theExamplesOfTheDocumentationAreGood(String name) {
        Path example = Path.of(System.getProperty("attestgate.root", ".."), "docs/examples", name);

        Ran ran = attestgate("policy", "check", example.toString());

        assertThat(ran.err()).isEmpty();
        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out()).contains(name + ": good, for ").contains("hash", "0x");
        assertThat(attestgate("policy", "check", "--json", example.toString()).out())
                .contains("\"canonical\":false", "\"good\":true");
    }

    @Test
    void aDomainThatWidensTheGatewayIsRefused() throws IOException {
        Path examples = Path.of(System.getProperty("attestgate.root", ".."), "docs/examples");
        String gateway = examples.resolve("gateway.json").toString();
        String domain = java.nio.file.Files.readString(examples.resolve("domain.json"));

        assertThat(attestgate("policy", "check", file(domain), "--gateway", gateway).status())
                .isEqualTo(ExitStatus.GOOD);
        assertThat(attestgate("policy", "check", file("{}"), "--gateway", gateway).status())
                .isEqualTo(ExitStatus.FAILED);
        String wide = file(domain.replace("acme-v02.api.letsencrypt.org", "other.example"));
        Ran ran = attestgate("policy", "check", "--gateway", gateway, wide);
        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).startsWith("attestgate: $.certificate.authorities");
    }

    @Test
    void aDocumentWithFaultsIsNotPublished() throws IOException {
        Ran ran =
                attestgate(
                        "policy",
                        "publish",
                        file("{\"domain\": \"app.example\"}"),
                        "--rpc",
                        "http://127.0.0.1:1",
                        "--contract",
                        "0x00000000000000000000000000000000000000aa",
                        "--key",
                        KEY);

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).startsWith("attestgate: $").doesNotContain("127.0.0.1");
    }

    @Test
    void anEndpointThatDoesNotAnswerIsNamed() {
        Ran ran =
                attestgate(
                        "policy",
                        "withdraw",
                        "app.example",
                        "--rpc",
                        "http://127.0.0.1:1",
                        "--contract",
                        "0x00000000000000000000000000000000000000aa",
                        "--key",
                        KEY);

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).startsWith("attestgate: ").doesNotContain("fault of attestgate");
    }

    @ParameterizedTest
    @CsvSource({
        "--contract, 0x12, 0x and 40",
        "--rpc, ftp://x, an http or https URL",
        "--key, 0x00, a secp256k1 key",
        "--name, UPPER.example, a lower-case host name",
    })
    void aWrongArgumentIsNamedWithItsRule(String option, String value, String rule)
            throws IOException {
        Ran ran = attestgate("policy", "publish", file("{}"), option, value);

        assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(ran.err())
                .startsWith("attestgate: %s: \"%s\" (expected: ".formatted(option, value))
                .contains(rule);
    }

    @Test
    void aChainAndAKeyMustBeNamed() throws IOException {
        Ran ran = attestgate("policy", "publish", file("{}"));

        assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(ran.err())
                .startsWith("attestgate: (")
                .contains("--key-file=FILE", "absent (expected: one of these)");
    }

    private String file(String text) throws IOException {
        return java.nio.file.Files.writeString(folder.resolve("document.json"), text).toString();
    }
}
