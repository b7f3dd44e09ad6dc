package io.attestgate.proxy.cli;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attestgate policy check}: judges a document, and changes nothing. */
@Command(
        name = "check",
        header = {"Explains every fault of a policy document.", ""},
        description = {
            "Every fault comes with its JSON path.",
            "The layout of the file is free; the contract holds the canonical form (RFC 8785).",
            "See docs/policy-document.md."
        },
        footer = {
            "",
            "Examples:",
            "  ./attestgate policy check gateway.json",
            "  ./attestgate policy check app.json --gateway gateway.json"
        })
final class PolicyCheckCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The document.")
    private Path file = Path.of("");

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = {
                "The slot it is for; \"\" is the gateway's.",
                "Default: the document's own domain; the gateway's slot if it has none."
            })
    private @Nullable PolicyName name;

    @Option(
            names = "--gateway",
            paramLabel = "FILE",
            description = "The gateway's document, which a domain's may narrow and never widen.")
    private @Nullable Path gateway;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws CommandException {
        PolicyFile document = PolicyFile.open(file, Optional.ofNullable(name));
        List<Fault> faults = faults(document);
        Output output = Output.of(spec);
        if (json) {
            output.json(asJson(document, faults));
            return faults.isEmpty() ? ExitStatus.GOOD : ExitStatus.FAILED;
        }
        if (!faults.isEmpty()) {
            throw new CommandException(faults);
        }
        output.line("%s: good, for %s".formatted(file, document.title()));
        output.value("hash", document.hash().toString());
        output.value("size", document.canonicalBytes().length + " bytes in canonical form");
        return ExitStatus.GOOD;
    }

    private List<Fault> faults(PolicyFile document) throws CommandException {
        if (gateway == null || document.name().isGateway()) {
            return document.faults();
        }
        PolicyFile within = PolicyFile.open(gateway, Optional.of(PolicyName.GATEWAY));
        if (!within.faults().isEmpty()) {
            throw new CommandException(within.faults());
        }
        return document.faultsWithin(within);
    }

    private static Json asJson(PolicyFile document, List<Fault> faults) {
        return Json.object(
                "good", faults.isEmpty(),
                "faults", Json.Arr.of(faults.stream().map(Fault::toString).toList()),
                "name", document.name().value(),
                "hash", document.hash().toString(),
                "canonical", document.isCanonical());
    }
}
