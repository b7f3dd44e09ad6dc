package io.attestgate.proxy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code attestgate evidence}: reports of hardware, in files. */
@Command(
        name = "evidence",
        header = {"Shows and judges evidence of hardware.", ""},
        commandListHeading = "%nCommands:%n",
        subcommands = {
            EvidenceInspectCommand.class,
            EvidenceVerifyCommand.class,
            EvidenceCollateralCommand.class,
        })
final class EvidenceCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "command: absent (expected: one that the help lists)");
    }
}
