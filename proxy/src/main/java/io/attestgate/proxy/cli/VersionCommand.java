package io.attestgate.proxy.cli;

import io.attestgate.wire.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attestgate version}. */
@Command(
        name = "version",
        header = {"Prints the version and the Java runtime.", ""},
        footer = {"", "Example:", "  ./attestgate version --json"})
final class VersionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Output output = Output.of(spec);
        String java = System.getProperty("java.runtime.version", "unknown");
        if (json) {
            output.json(Json.object("version", Version.current(), "java", java));
        } else {
            output.line("attestgate %s on Java %s".formatted(Version.current(), java));
        }
        return ExitStatus.GOOD;
    }
}
