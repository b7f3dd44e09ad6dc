package io.attestgate.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.govern.Deployment;
import io.attestgate.govern.Deployment.Deployed;
import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.Roles;
import io.attestgate.peer.Anvil;
import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Publishes and withdraws on a real development chain, as a person does. */
@RequiresPeer("anvil")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PolicyOnAnvilTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("attestgate.root", ".."), "docs/examples");

    private Anvil anvil;
    private Deployed deployed;

    @BeforeAll
    void deploy() throws IOException, GovernException {
        anvil = Anvil.start();
        DevnetKey governor = DevnetKey.parse(Anvil.KEYS.getFirst()).orElseThrow();
        Roles roles = new Roles(governor.address(), Optional.empty());
        deployed = Deployment.deploy(anvil.rpc(), governor, roles);
    }

    @AfterAll
    void stop() {
        anvil.close();
    }

    @Test
    void aGatewayAndADomainArePublishedAndWithdrawn() {
        String domain = EXAMPLES.resolve("domain.json").toString();
        Ran gateway =
                onChain(
                        List.of("--key", Anvil.KEYS.getFirst()),
                        "publish",
                        EXAMPLES.resolve("gateway.json").toString());
        Ran app = onChain(List.of("--key", Anvil.KEYS.getFirst()), "publish", domain, "--json");
        Ran gone = onChain(List.of("--key", Anvil.KEYS.getFirst()), "withdraw", "app.example.org");

        assertThat(gateway.err()).isEmpty();
        assertThat(gateway.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(gateway.out()).startsWith("published the gateway\n").contains("epoch");
        assertThat(app.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(app.out()).contains("\"name\":\"app.example.org\"", "\"transaction\":\"0x");
        assertThat(gone.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(gone.out()).startsWith("withdrew app.example.org\n");
    }

    @Test
    void whatIsPublishedIsShownOnceItIsFinal() throws RpcException {
        String domain = EXAMPLES.resolve("domain.json").toString();
        assertThat(onChain(List.of("--key", Anvil.KEYS.getFirst()), "publish", domain).status())
                .isEqualTo(ExitStatus.GOOD);
        mineUntilFinal();

        Ran all = onChain(List.of(), "show");
        Ran json = onChain(List.of(), "show", "--json");
        Ran one = onChain(List.of(), "show", "app.example.org");
        Ran none = onChain(List.of(), "show", "other.example.org");
        Ran same = onChain(List.of(), "diff", domain);

        assertThat(all.err()).isEmpty();
        assertThat(all.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(all.out())
                .contains("GatewayPolicy " + deployed.gatewayPolicy())
                .contains("app.example.org: published, document 0x")
                .contains("  final by     ", "  proven       account, code and every slot");
        assertThat(json.out()).contains("\"justification\":\"");
        assertThat(json.out()).contains("\"name\":\"app.example.org\"", "\"status\":\"published\"");
        assertThat(one.out()).startsWith("{\"certificate\":").contains("app.example.org");
        assertThat(none.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(same.out()).isEqualTo("no difference\n");
    }

    @Test
    void anotherChainThanTheOneThatWasNamedIsRefused() {
        Ran ran = onChain(List.of("--chain-id", "1"), "show");

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).contains("WRONG_CHAIN");
    }

    private void mineUntilFinal() throws RpcException {
        try (JsonRpc rpc = JsonRpc.open(anvil.rpc())) {
            Json mined = rpc.call("anvil_mine", new Json.Text("0x8"));
            assertThat(mined).isNotNull();
        }
    }

    @Test
    void aKeyWithoutTheRoleIsRefusedInTheContractsWords(@TempDir Path folder) throws IOException {
        Path key = folder.resolve("stranger.key");
        java.nio.file.Files.writeString(key, Anvil.KEYS.get(1) + "\n");

        Ran ran = onChain(List.of("--key-file", key.toString()), "withdraw", "app.example.org");

        assertThat(ran.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(ran.err()).startsWith("attestgate: refused: ");
    }

    private Ran onChain(List<String> key, String... command) {
        List<String> arguments = new ArrayList<>(List.of("policy"));
        arguments.addAll(List.of(command));
        arguments.addAll(key);
        arguments.addAll(
                List.of(
                        "--rpc",
                        anvil.rpc().toString(),
                        "--contract",
                        deployed.gatewayPolicy().toString()));
        return Ran.attestgate(arguments.toArray(String[]::new));
    }
}
