package io.attestgate.proxy.cli;

import io.attestgate.govern.GovernException;
import io.attestgate.govern.ProposalState;
import io.attestgate.govern.Sent;
import io.attestgate.govern.Vote;
import io.attestgate.govern.VoteCount;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attestgate policy vote}: casts the votes of a key. */
@Command(
        name = "vote",
        header = {"Votes on a proposal, on a development chain.", ""},
        description = {
            "Casts the votes that the key's account had when the vote began. See what the proposal",
            "does first: attestgate policy status."
        },
        footer = {
            "",
            "Example:",
            "  ./attestgate policy vote for --wait --config attestgate.yaml --key-file voter.key"
        })
final class PolicyVoteCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "for|against|abstain", description = "What to say.")
    private Vote vote = Vote.ABSTAIN;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Mixin private ProposalStep step = new ProposalStep();

    @Override
    public Integer call() throws CommandException {
        try {
            ProposalStep.Opened opened = step.open();
            VoteCount active = step.require(opened, ProposalState.ACTIVE);
            requireVotes(opened, active);
            Sent sent = opened.governance().castVote(opened.found().id(), vote);
            VoteCount after = opened.watch().count();
            StepListing.print(
                    "voted " + StepListing.word(vote), opened, after, sent, json, Output.of(spec));
            return ExitStatus.GOOD;
        } catch (GovernException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A Governor takes votes of no weight, and who casts them should know. */
    private static void requireVotes(ProposalStep.Opened opened, VoteCount active)
            throws CommandException, GovernException {
        if (opened.watch().votesOf(opened.key().address(), active).signum() == 0) {
            throw new CommandException(
                    ("votes of %s: none when the vote began (expected: some, delegated before; a"
                                    + " holder delegates to himself)")
                            .formatted(opened.key().address()));
        }
    }
}
