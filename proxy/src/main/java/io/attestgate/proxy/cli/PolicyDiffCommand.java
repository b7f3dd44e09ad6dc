package io.attestgate.proxy.cli;

import io.attestgate.policy.diff.NameChange;
import io.attestgate.policy.diff.PolicyDiff;
import io.attestgate.policy.diff.PolicySet;
import io.attestgate.policy.document.PolicyName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attestgate policy diff}: what a change of documents does, for a voter. */
@Command(
        name = "diff",
        header = {"Shows what a change of policy documents does.", ""},
        description = {
            "Compares what gateways would enforce, defaults filled in, and says of each value",
            "whether it widens or narrows what is trusted, allowed or kept. Each of OLD and NEW is",
            "a document, or a folder of *.json, where a document that is missing is one withdrawn.",
            "With a contract and no OLD, what is live there is the old. Fails where gateways would",
            "refuse a new document."
        },
        footer = {
            "",
            "Examples:",
            "  ./attestgate policy diff app-old.json app.json --gateway gateway.json",
            "  ./attestgate policy diff app.json --config attestgate.yaml"
        })
final class PolicyDiffCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..2",
            paramLabel = "OLD NEW",
            hideParamSyntax = true,
            description = "Documents or folders; NEW alone where a contract is named.")
    private List<Path> paths = List.of();

    @Option(
            names = "--gateway",
            paramLabel = "FILE",
            description = "The gateway's document that both stand within, where neither has one.")
    private @Nullable Path gateway;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @ArgGroup(heading = "Contract that holds the old:%n")
    private @Nullable ChainOptions options;

    @Override
    public Integer call() throws CommandException {
        requireOneOld();
        PolicyFolder newer = PolicyFolder.open(paths.getLast());
        PolicySet before = before(newer);
        PolicySet after = newer.isFolder() ? newer.policies() : before.with(newer.policies());
        List<NameChange> changes = PolicyDiff.between(before, after);
        Output output = Output.of(spec);
        if (json) {
            output.json(DiffListing.json(changes));
        } else {
            DiffListing.print(changes, output);
        }
        return DiffListing.isRefused(changes) ? ExitStatus.FAILED : ExitStatus.GOOD;
    }

    private void requireOneOld() {
        if ((paths.size() == 2) == (options != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    options == null
                            ? "OLD: absent (expected: a file, a folder or a contract)"
                            : "OLD: a file and a contract (expected: one of the two)");
        }
        if (gateway != null && options != null) {
            throw new ParameterException(
                    spec.commandLine(), "--gateway: present (expected: none beside a contract)");
        }
    }

    private PolicySet before(PolicyFolder newer) throws CommandException {
        if (options != null) {
            return PolicySet.of(options.chain().read());
        }
        PolicyFolder older = PolicyFolder.open(paths.getFirst());
        if (older.isFolder() != newer.isFolder()) {
            throw new CommandException("OLD, NEW: a file and a folder (expected: two of a kind)");
        }
        if (!older.isFolder() && !older.names().equals(newer.names())) {
            throw new CommandException(
                    "NEW: for %s (expected: for the same name as OLD, %s)"
                            .formatted(newer.title(), older.title()));
        }
        return gateway == null || older.policies().get(PolicyName.GATEWAY).isPresent()
                ? older.policies()
                : older.policies()
                        .with(
                                PolicyFolder.ofFile(gateway, Optional.of(PolicyName.GATEWAY))
                                        .policies());
    }
}
