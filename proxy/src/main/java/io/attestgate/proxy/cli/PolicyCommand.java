package io.attestgate.proxy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code attestgate policy}: documents, and the contract that holds them. */
@Command(
        name = "policy",
        header = {"Judges, compares, shows, proposes and publishes what gateways obey.", ""},
        commandListHeading = "%nCommands:%n",
        subcommands = {
            PolicyCheckCommand.class,
            PolicyDiffCommand.class,
            PolicyShowCommand.class,
            PolicyProposeCommand.class,
            PolicyStatusCommand.class,
            PolicyVoteCommand.class,
            PolicyQueueCommand.class,
            PolicyExecuteCommand.class,
            PolicyDeployCommand.class,
            PolicyPublishCommand.class,
            PolicyWithdrawCommand.class,
        })
final class PolicyCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "command: absent (expected: one that the help lists)");
    }
}
