package io.attestgate.proxy.cli;

import io.attestgate.govern.Published;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attestgate policy publish}: puts a document into the contract of a development chain. */
@Command(
        name = "publish",
        header = {"Publishes a policy document on a development chain.", ""},
        description = {
            "Checks a policy document and publishes it by a transaction, in canonical form.",
            "For development chains: a real policy changes by proposal. Gateways obey once the",
            "block is final."
        },
        footer = {
            "",
            "Example:",
            "  ./attestgate policy publish app.json --rpc http://127.0.0.1:8545 \\",
            "      --contract 0x5FbDB2315678afecb367f032d93F642f64180aa3 --key-file governor.key"
        })
final class PolicyPublishCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The document, in any layout.")
    private Path file = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = {
                "The slot it is for; \"\" is the gateway's.",
                "Default: the document's own domain; the gateway's slot if it has none."
            })
    private @Nullable PolicyName name;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Mixin private Governor governor = new Governor();

    @Override
    public Integer call() throws CommandException {
        PolicyFile document = PolicyFile.open(file, Optional.ofNullable(name));
        List<Fault> faults = document.faults();
        if (!faults.isEmpty()) {
            throw new CommandException(faults);
        }
        Published published =
                governor.send(
                        document.name(),
                        publisher ->
                                publisher.publish(
                                        document.name().value(), document.canonicalBytes()));
        print(document, published, Output.of(spec));
        return ExitStatus.GOOD;
    }

    private void print(PolicyFile document, Published published, Output output) {
        if (json) {
            output.json(
                    Json.object(
                            "name", document.name().value(),
                            "document", published.documentHash().toString(),
                            "transaction", published.txHash().toString(),
                            "block", published.block(),
                            "epoch", published.epoch(),
                            "head", published.head().toString()));
            return;
        }
        output.line("published " + document.title());
        output.value("document", published.documentHash().toString());
        output.value("transaction", published.txHash().toString());
        output.value("block", published.block() + "; gateways obey once it is final");
        output.value("epoch", "%d, head %s".formatted(published.epoch(), published.head()));
    }
}
