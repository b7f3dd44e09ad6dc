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

/** {@code attestgate policy queue}: the timelock's delay begins. */
@Command(
        name = "queue",
        header = {"Queues a proposal that succeeded, on a development chain.", ""},
        description = {
            "Hands a proposal whose vote succeeded to the timelock, whose delay begins then.",
            "Anyone may."
        },
        footer = {
            "",
            "Example:",
            "  ./attestgate policy queue --wait --config attestgate.yaml --key-file voter.key"
        })
final class PolicyQueueCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Mixin private ProposalStep step = new ProposalStep();

    @Override
    public Integer call() throws CommandException {
        try {
            ProposalStep.Opened opened = step.open();
            VoteCount count = step.require(opened, ProposalState.SUCCEEDED);
            assert count.due().isEmpty() : "no time before it is queued";
            Sent sent = opened.governance().queue(opened.found().proposal());
            VoteCount queued = opened.watch().count();
            StepListing.print("queued", opened, queued, sent, json, Output.of(spec));
            return ExitStatus.GOOD;
        } catch (GovernException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }
}
