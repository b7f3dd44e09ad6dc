package io.attestgate.proxy.cli;

import io.attestgate.wire.Json;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code attestgate}: the root of all commands, which does nothing by itself. */
@Command(
        name = "attestgate",
        description = {
            "A TLS reverse proxy inside an enclave that takes its orders from smart",
            "contracts only.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:good", "1:refused or failed", "2:wrong use"},
        footer = {
            "",
            "To see it work, with a chain and a certificate authority of its own:",
            "  ./attestgate demo"
        },
        subcommands = {
            CheckCommand.class,
            MeasureCommand.class,
            PolicyCommand.class,
            HeartbeatCommand.class,
            VerifyCommand.class,
            EvidenceCommand.class,
            DoctorCommand.class,
            VersionCommand.class,
        })
public final class AttestgateCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    /**
     * The whole command line, which prints to these writers.
     *
     * @param more commands that this package cannot know
     */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err, Object... more) {
        CommandLine commandLine = new CommandLine(new AttestgateCommand());
        for (Object command : more) {
            commandLine.addSubcommand(command);
        }
        addHelp(commandLine);
        Spelling.registerAll(commandLine);
        return commandLine
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(new WrongUse())
                .setExecutionExceptionHandler(new Failure());
    }

    private static void addHelp(CommandLine commandLine) {
        commandLine
                .getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Shows this text.")
                                .build());
        commandLine.getSubcommands().values().forEach(AttestgateCommand::addHelp);
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "command: absent (expected: one that the help lists)");
    }

    /**
     * Prints the reasons of a {@link CommandException}, for a program that asked for JSON as JSON
     * too; any other is our bug and shows its trace.
     */
    private static final class Failure implements IExecutionExceptionHandler {
        private static final String JSON = "--json";

        @Override
        public int handleExecutionException(
                Exception e, CommandLine commandLine, ParseResult arguments) {
            PrintWriter err = commandLine.getErr();
            if (!(e instanceof CommandException refused)) {
                err.println("attestgate: a fault of attestgate itself:");
                e.printStackTrace(err);
                err.flush();
                return ExitStatus.FAILED;
            }
            refused.reasons()
                    .forEach(reason -> err.println("attestgate: " + Output.oneLine(reason)));
            err.flush();
            if (commandLine.getParseResult().hasMatchedOption(JSON)) {
                Output.of(commandLine.getCommandSpec())
                        .json(Json.object("failed", Json.Arr.of(refused.reasons())));
            }
            return refused.status();
        }
    }
}
