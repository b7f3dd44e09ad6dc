package io.attestgate.proxy.cli;

import io.attestgate.govern.GovernException;
import io.attestgate.govern.ProposalState;
import io.attestgate.govern.Sent;
import io.attestgate.govern.VoteCount;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attestgate policy execute}: what was decided becomes the policy. */
@Command(
        name = "execute",
        header = {"Executes a queued proposal, on a development chain.", ""},
        description = {
            "Executes a proposal whose delay is over: what it says is then the policy, and"
                    + " gateways",
            "obey once the block is final. Anyone may."
        },
        footer = {
            "",
            "Example:",
            "  ./attestgate policy execute --wait --config attestgate.yaml --key-file voter.key"
        })
final class PolicyExecuteCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Mixin private ProposalStep step = new ProposalStep();

    @Override
    public Integer call() throws CommandException {
        try {
            ProposalStep.Opened opened = step.open();
            VoteCount queued = step.require(opened, ProposalState.QUEUED);
            step.awaitDue(opened);
            Sent sent = opened.governance().execute(opened.found().proposal());
            VoteCount executed = opened.watch().count();
            assert queued.due().isPresent() : "a queued proposal has a time";
            StepListing.print("executed", opened, executed, sent, json, Output.of(spec));
            return ExitStatus.GOOD;
        } catch (GovernException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }
}
