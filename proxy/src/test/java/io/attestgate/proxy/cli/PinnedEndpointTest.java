package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.govern.Deployment;
import io.attestgate.govern.Deployment.Deployed;
import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.Roles;
import io.attestgate.peer.Anvil;
import io.attestgate.peer.RequiresPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Commands hold the endpoint of a bootstrap file to its pins, for transactions as for reading. */
@RequiresPeer("anvil")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PinnedEndpointTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("attestgate.root", ".."), "docs/examples");

    @TempDir private Path folder = Path.of("");

    private Anvil anvil;
    private Deployed deployed;
    private PinnedEndpoint endpoint;

    @BeforeAll
    void open() throws IOException, GovernException, GeneralSecurityException {
        anvil = Anvil.start();
        DevnetKey governor = DevnetKey.parse(Anvil.KEYS.getFirst()).orElseThrow();
        deployed =
                Deployment.deploy(
                        anvil.rpc(), governor, new Roles(governor.address(), Optional.empty()));
        endpoint = new PinnedEndpoint(anvil.rpc());
    }

    @AfterAll
    void stop() {
        endpoint.close();
        anvil.close();
    }

    @Test
    void aTransactionGoesToTheEndpointWhoseKeyIsPinned() throws IOException {
        int before = endpoint.asked();

        Ran published = publish(config(endpoint.pin()));
        anvil.finalise();
        Ran shown = attestgate("policy", "show", "--config", config(endpoint.pin()).toString());

        assertThat(published.err()).isEmpty();
        assertThat(published.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(shown.out()).contains("the gateway: published");
        assertThat(endpoint.asked()).isGreaterThan(before);
    }

    @Test
    void noTransactionGoesToAnEndpointOfAnotherKey() throws IOException {
        int before = endpoint.asked();

        Ran published = publish(config("A".repeat(43)));

        assertThat(published.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(published.err()).startsWith("attestgate: " + endpoint.url());
        assertThat(endpoint.asked()).isEqualTo(before);
    }

    private static Ran publish(Path config) {
        return attestgate(
                "policy",
                "publish",
                EXAMPLES.resolve("gateway.json").toString(),
                "--config",
                config.toString(),
                "--key",
                Anvil.KEYS.getFirst());
    }

    private Path config(String pin) throws IOException {
        StringBuilder pins = new StringBuilder("  codeHashes:\n");
        deployed.codeHashes()
                .forEach((at, hash) -> pins.append("    \"%s\": \"%s\"\n".formatted(at, hash)));
        String text =
                java.nio.file.Files.readString(EXAMPLES.resolve("attestgate.yaml"))
                        .replaceAll("(?m)^    0x[0-9A-Fa-f]{40}: .*\n", "")
                        .replace("  codeHashes:\n", pins)
                        .replaceAll(
                                "(?m)^  contract: .*$",
                                "  contract: \"%s\"".formatted(deployed.gatewayPolicy()))
                        .replace(
                                "- url: http://127.0.0.1:8545",
                                "- url: %s\n      pins: [%s]".formatted(endpoint.url(), pin));
        return java.nio.file.Files.writeString(folder.resolve(pin + ".yaml"), text);
    }
}
