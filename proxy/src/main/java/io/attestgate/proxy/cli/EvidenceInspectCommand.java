package io.attestgate.proxy.cli;

import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attestgate evidence inspect}: what evidence says, believed in nothing. */
@Command(
        name = "inspect",
        header = {"Prints what evidence says, and believes none of it.", ""},
        description = {
            "The file has a report's bytes, or their hexadecimal digits; or an envelope, as a",
            "gateway answers it. No signature is checked: see evidence verify."
        },
        footer = {"", "Example:", "  ./attestgate evidence inspect quote.bin"})
final class EvidenceInspectCommand implements Callable<Integer> {
    private static final String INDENT = "  ";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The evidence.")
    private Path file = Path.of("");

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws CommandException {
        Output output = Output.of(spec);
        switch (EvidenceFiles.open(file)) {
            case EvidenceFile.Report report -> print(output, report.kind().title(), tree(report));
            case EvidenceFile.Envelope envelope ->
                    print(output, "evidence envelope", new ShownEnvelope(envelope).tree());
        }
        return ExitStatus.GOOD;
    }

    private Json.Obj tree(EvidenceFile.Report report) throws CommandException {
        return switch (report.kind().inspect(report.evidence().bytes())) {
            case Parsed.Bad<Json.Obj> bad -> throw new CommandException("FILE", file, bad.faults());
            case Parsed.Good<Json.Obj> good -> good.value();
        };
    }

    private void print(Output output, String title, Json.Obj tree) {
        if (json) {
            output.json(tree);
        } else {
            output.line(title + ", not verified");
            printTree(output, INDENT, tree);
        }
    }

    private static void printTree(Output output, String indent, Json.Obj object) {
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            print(output, indent, member.getKey(), member.getValue());
        }
    }

    private static void print(Output output, String indent, String name, Json value) {
        switch (value) {
            case Json.Obj object -> {
                output.line(indent + name);
                printTree(output, indent + INDENT, object);
            }
            case Json.Arr array -> {
                for (int i = 0; i < array.elements().size(); i++) {
                    print(output, indent, name + " " + (i + 1), array.elements().get(i));
                }
            }
            case Json.Text text -> output.line(indent + name + ": " + text.value());
            case Json.Int number -> output.line(indent + name + ": " + number.value());
            case Json.Bool bool -> output.line(indent + name + ": " + bool.value());
            case Json.Null none -> output.line(indent + name + ": none");
        }
    }
}
