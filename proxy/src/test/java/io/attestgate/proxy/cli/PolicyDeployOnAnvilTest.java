package io.attestgate.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.EndpointAccess;
import io.attestgate.govern.VotesToken;
import io.attestgate.peer.Anvil;
import io.attestgate.peer.RequiresPeer;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Deploys a policy with whoever governs it, as a person does. */
@RequiresPeer("anvil")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PolicyDeployOnAnvilTest {
    private Anvil anvil;
    private String token;

    @BeforeAll
    void start() throws Exception {
        anvil = Anvil.start();
        DevnetKey voter = DevnetKey.parse(Anvil.KEYS.getFirst()).orElseThrow();
        EndpointAccess access = EndpointAccess.to(anvil.rpc());
        token = VotesToken.deploy(access, voter, BigInteger.TEN).address().toString();
    }

    @AfterAll
    void stop() {
        anvil.close();
    }

    @Test
    void aDaoIsDeployedAndItsRolesShown() {
        Ran ran = deploy("--votes", token, "--guardian", Anvil.ADDRESSES.get(1));
        assertThat(ran.err()).isEmpty();
        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out())
                .startsWith("deployed 0x")
                .contains("canceller              nobody", "executor               everybody")
                .contains("delay                  172800 seconds", "quorum                 4%")
                .contains("guardian               " + Anvil.ADDRESSES.get(1))
                .doesNotContain(Anvil.ADDRESSES.getFirst());
    }

    @Test
    void aSafeIsDeployedAndPrintedForPrograms() {
        Ran ran = deploy("--safe", Anvil.ADDRESSES.get(2), "--delay", "3d", "--json");
        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out())
                .contains("\"value\":\"259200 seconds\"", "\"what\":\"proposer\"")
                .contains(Anvil.ADDRESSES.get(2));
    }

    @Test
    void termsOfSecondsAreForDevelopmentChains() {
        Ran hasty = deploy("--votes", token, "--voting-period", "5s");
        assertThat(hasty.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(hasty.err()).contains("votingPeriod: 5s (expected: 259200s to 2592000s");
        Ran devnet = deploy("--votes", token, "--voting-period", "5s", "--devnet");
        assertThat(devnet.status()).isEqualTo(ExitStatus.GOOD);
    }

    @Test
    void votesAreMadeForADemoOnly() {
        assertThat(deploy("--demo-votes", "1000").status()).isEqualTo(ExitStatus.FAILED);
        Ran demo = deploy("--demo-votes", "1000", "--devnet", "--delay", "1s");
        assertThat(demo.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(demo.out()).contains("delay                  1 seconds");
    }

    @Test
    void exactlyOneGoverns() {
        assertThat(deploy().status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(deploy("--votes", token, "--safe", token).status())
                .isEqualTo(ExitStatus.WRONG_USE);
        assertThat(deploy("--votes", token, "--delay", "2 weeks").err())
                .contains(SpeltDuration.RULE);
        assertThat(deploy("--votes", token, "--quorum", "51").err())
                .contains("quorumPercent: 51 (expected: 1 to 50)");
    }

    private Ran deploy(String... options) {
        List<String> command =
                List.of(
                        "policy",
                        "deploy",
                        "--rpc",
                        anvil.rpc().toString(),
                        "--key",
                        Anvil.KEYS.getFirst());
        return Ran.attestgate(
                Stream.concat(command.stream(), Stream.of(options)).toArray(String[]::new));
    }
}
