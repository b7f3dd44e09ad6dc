package io.attestgate.proxy.cli;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.wire.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attestgate policy show}: what the contract says at its newest finalised block. */
@Command(
        name = "show",
        header = {"Shows what the contract holds.", ""},
        description = {
            "Shows what the contract holds at the newest finalised block, and why it is",
            "believed: by whose word the block is final, and that all is proven under it. With",
            "NAME, the document of that name. What is final says the file's chain.trust; with",
            "--rpc, the one endpoint does."
        },
        footer = {
            "",
            "Examples:",
            "  ./attestgate policy show --config attestgate.yaml",
            "  ./attestgate policy show app.example.org --rpc http://127.0.0.1:8545 \\",
            "      --contract 0x5FbDB2315678afecb367f032d93F642f64180aa3"
        })
final class PolicyShowCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "A name, a wildcard, or \"\" for the gateway.")
    private @Nullable PolicyName name;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @ArgGroup(multiplicity = "1", heading = "Contract:%n")
    private ChainOptions options = new ChainOptions();

    @Override
    public Integer call() throws CommandException {
        PolicyReading reading = options.chain().read();
        Output output = Output.of(spec);
        if (name != null) {
            output.line(document(reading, name));
        } else if (json) {
            output.json(PolicyListing.json(reading));
        } else {
            PolicyListing.print(reading, output);
        }
        return ExitStatus.GOOD;
    }

    /** The canonical bytes, which are text. */
    private static String document(PolicyReading reading, PolicyName name) throws CommandException {
        return Optional.ofNullable(reading.names().get(name))
                .flatMap(NameEntry::document)
                .map(StoredDocument::bytes)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow(() -> new CommandException(unpublished(name)));
    }

    private static String unpublished(PolicyName name) {
        return Fault.quoted("NAME", name.value(), "a name that is published there").toString();
    }
}
