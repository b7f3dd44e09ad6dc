package io.attestgate.proxy.cli;

import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.EndpointAccess;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.GovernanceDeployment;
import io.attestgate.govern.GovernanceDeployment.Governed;
import io.attestgate.govern.GovernanceDeployment.Plan;
import io.attestgate.govern.RoleTable;
import io.attestgate.proxy.cli.AuthorityOptions.Terms;
import io.attestgate.wire.Address;
import io.attestgate.wire.Json;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attestgate policy deploy}: a policy, its registries, and whoever governs them. */
@Command(
        name = "deploy",
        header = {"Deploys a policy with whoever governs it, and shows who holds what.", ""},
        description = {
            "Deploys measurement registry, heartbeat and policy with their governor from their",
            "first block on, and before them the timelock, and the Governor where a token votes.",
            "Reads every role back and fails unless each is as asked for. The key that deploys",
            "holds nothing afterwards."
        },
        footer = {
            "",
            "Example:",
            "  ./attestgate policy deploy --rpc http://127.0.0.1:8545 --key-file deployer.key \\",
            "      --votes 0x5FbDB2315678afecb367f032d93F642f64180aa3 --voting-period 5d"
        })
final class PolicyDeployCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--rpc",
            required = true,
            paramLabel = "URL",
            description = "JSON-RPC endpoint of the chain.")
    private @Nullable URI rpc;

    @ArgGroup(multiplicity = "1", heading = "Who governs:%n")
    private AuthorityOptions authority = new AuthorityOptions();

    @Option(
            names = "--guardian",
            paramLabel = "ADDRESS",
            description = "Who may halt and freeze, for 180 days. Default: nobody.")
    private @Nullable Address guardian;

    @Option(
            names = "--delay",
            paramLabel = "DURATION",
            defaultValue = "2d",
            description = "The timelock's, from a decision to its execution. Default: 2d.")
    private Duration delay = Duration.ZERO;

    @Option(
            names = "--block-time",
            paramLabel = "DURATION",
            defaultValue = "12s",
            description = "For a token whose clock counts blocks. Default: 12s.")
    private Duration blockTime = Duration.ZERO;

    @Option(
            names = "--devnet",
            description = "Allows terms of seconds, which protect nobody: for a development chain.")
    private boolean devnet;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Mixin private VotingOptions voting = new VotingOptions();

    @ArgGroup(multiplicity = "1", heading = "Key that deploys, and holds nothing afterwards:%n")
    private KeyOptions key = new KeyOptions();

    @Override
    public Integer call() throws CommandException {
        if (rpc == null) {
            throw new AssertionError("--rpc: absent (expected: a required option)");
        }
        EndpointAccess access = EndpointAccess.to(rpc);
        Terms terms = new Terms(voting.terms(), blockTime, delay, devnet);
        DevnetKey opened = key.open();
        try {
            Plan plan =
                    new Plan(
                            authority.authority(access, opened, terms),
                            Optional.ofNullable(guardian),
                            terms.pace());
            print(GovernanceDeployment.deploy(access, opened, plan));
            return ExitStatus.GOOD;
        } catch (GovernException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private void print(Governed governed) {
        Output output = Output.of(spec);
        if (json) {
            output.json(
                    Json.object(
                            "policy", governed.contracts().gatewayPolicy().toString(),
                            "registry", governed.contracts().measurementRegistry().toString(),
                            "heartbeat", governed.contracts().heartbeat().toString(),
                            "governor", governed.by().account().toString(),
                            "chainId", governed.contracts().chainId(),
                            "roles", roles(governed.roles())));
            return;
        }
        output.line("deployed " + governed.contracts().gatewayPolicy());
        governed.roles().toString().lines().forEach(output::line);
        governed.contracts()
                .codeHashes()
                .forEach((at, hash) -> output.value("code hash", at + ": " + hash));
    }

    private static Json roles(RoleTable table) {
        List<Json> rows =
                table.rows().stream()
                        .<Json>map(
                                row ->
                                        Json.object(
                                                "contract", row.contract(),
                                                "at", row.at().toString(),
                                                "what", row.what(),
                                                "value", row.value()))
                        .toList();
        return new Json.Arr(rows);
    }
}
