package io.attestgate.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What the commands on evidence can be told is what the page on the command line says. */
final class EvidenceOptionsTest {
    private static final Path PAGE =
            Path.of(System.getProperty("attestgate.root", "..")).resolve("docs/cli.md");

    /** Of every command there is a help, and JSON where a program might read. */
    private static final Set<String> EVERYWHERE = Set.of("--help", "--json");

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "verify", "collateral"})
    void everyOptionIsInTheTableOfCommands(String command) throws IOException {
        String rows =
                Files.readString(PAGE)
                        .lines()
                        .filter(line -> line.startsWith("| `evidence " + command + " "))
                        .collect(Collectors.joining());

        assertThat(rows).isNotEmpty();
        assertThat(options(command)).allSatisfy(name -> assertThat(rows).contains(name + " "));
    }

    private static List<String> options(String command) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        CommandLine all = AttestgateCommand.commandLine(nowhere, nowhere);
        CommandLine one = subcommand(subcommand(all, "evidence"), command);
        return one.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !EVERYWHERE.contains(name))
                .toList();
    }

    private static CommandLine subcommand(CommandLine parent, String name) {
        return Objects.requireNonNull(parent.getSubcommands().get(name), name);
    }
}
