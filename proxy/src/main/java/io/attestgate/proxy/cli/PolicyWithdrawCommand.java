package io.attestgate.proxy.cli;

import io.attestgate.govern.Change;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attestgate policy withdraw}: takes a name out of the contract of a development chain. */
@Command(
        name = "withdraw",
        header = {"Withdraws a name on a development chain.", ""},
        description = {
            "Takes the document of a name away by a transaction. A tombstone stays: no wildcard",
            "serves the name until it is published again, or the governor clears it.",
            "For development chains: a real policy changes by proposal."
        },
        footer = {
            "",
            "Example:",
            "  ./attestgate policy withdraw app.example.org --rpc http://127.0.0.1:8545 \\",
            "      --contract 0x5FbDB2315678afecb367f032d93F642f64180aa3 --key-file governor.key"
        })
final class PolicyWithdrawCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "The name, or the wildcard.")
    private PolicyName name = PolicyName.GATEWAY;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Mixin private Governor governor = new Governor();

    @Override
    public Integer call() throws CommandException {
        Change change = governor.send(name, publisher -> publisher.withdraw(name.value()));
        Output output = Output.of(spec);
        if (json) {
            output.json(
                    Json.object(
                            "name", name.value(),
                            "transaction", change.transaction().toString(),
                            "block", change.block(),
                            "epoch", change.epoch(),
                            "head", change.head().toString()));
            return ExitStatus.GOOD;
        }
        output.line("withdrew " + name);
        output.value("transaction", change.transaction().toString());
        output.value("block", change.block() + "; gateways obey once it is final");
        output.value("epoch", "%d, head %s".formatted(change.epoch(), change.head()));
        return ExitStatus.GOOD;
    }
}
