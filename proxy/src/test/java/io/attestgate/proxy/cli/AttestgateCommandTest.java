package io.attestgate.proxy.cli;

import static io.attestgate.proxy.cli.Ran.attestgate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class AttestgateCommandTest {

    @Test
    void withoutACommandItIsWrongUse() {
        Ran ran = attestgate();

        assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("attestgate: command: absent (expected: ");
    }

    @Test
    void anUnknownCommandAndAnUnknownOptionAreWrongUse() {
        assertThat(attestgate("serve").status()).isEqualTo(ExitStatus.WRONG_USE);
        Ran ran = attestgate("version", "--yaml");
        assertThat(ran.status()).isEqualTo(ExitStatus.WRONG_USE);
        assertThat(ran.err())
                .startsWith("attestgate: argument: \"--yaml\" (expected: ")
                .contains("see: attestgate version --help");
    }

    @Test
    void aMissingOptionIsNamed() {
        assertThat(attestgate("check").err())
                .startsWith("attestgate: --config: absent (expected: FILE)");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasAHelpThatTeachesByAnExample(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");

        Ran ran = attestgate(arguments.toArray(String[]::new));

        assertThat(ran.status()).isEqualTo(ExitStatus.GOOD);
        assertThat(ran.out()).contains("./attestgate " + String.join(" ", command));
        assertThat(ran.out().lines()).allSatisfy(l -> assertThat(l.length()).isLessThan(101));
    }

    @Test
    void theRootsHelpNamesEveryCommandAndTheDemo() {
        assertThat(attestgate("--help").out())
                .contains("check", "measure", "policy", "version", "./attestgate demo");
    }

    @Test
    void theVersionIsTheOneThatWasBuilt() {
        assertThat(attestgate("version").out())
                .matches("attestgate \\d+\\.\\d+\\.\\S+ on Java 25\\S*\n");
        assertThat(attestgate("version", "--json").out()).contains("\"version\":\"");
    }

    /** The commands that do something, as words. */
    static Stream<List<String>> commands() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return leaves(AttestgateCommand.commandLine(nowhere, nowhere));
    }

    private static Stream<List<String>> leaves(CommandLine command) {
        if (command.getSubcommands().isEmpty()) {
            String words = command.getCommandSpec().qualifiedName().replace("attestgate ", "");
            return Stream.of(Arrays.asList(words.split(" ", -1)));
        }
        return command.getSubcommands().values().stream().flatMap(AttestgateCommandTest::leaves);
    }
}
