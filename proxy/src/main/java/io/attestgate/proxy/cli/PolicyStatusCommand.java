package io.attestgate.proxy.cli;

import io.attestgate.govern.FoundProposal;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.Governance;
import io.attestgate.govern.GovernedBy;
import io.attestgate.govern.PolicyRoles;
import io.attestgate.govern.Proposals;
import io.attestgate.govern.VoteCount;
import io.attestgate.policy.diff.PolicySet;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.wire.Address;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attestgate policy status}: what is being decided, and what it would change here. */
@Command(
        name = "status",
        header = {"Shows open proposals, and what they would change here.", ""},
        description = {
            "Finds the proposals of the last two months by the governor's logs, which are hints:"
                    + " each",
            "counts only if its id is the hash of what it contains, and where it stands is asked"
                    + " of",
            "the governor. Its calls are played on the documents that are live."
        },
        footer = {"", "Example:", "  ./attestgate policy status --config attestgate.yaml"})
final class PolicyStatusCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--all", description = "Those that are decided, too.")
    private boolean all;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Mixin private GovernedOptions governed = new GovernedOptions();

    /** A proposal with where it stands and what it does. */
    private record Standing(FoundProposal found, VoteCount count, ProposalEffect effect) {}

    @Override
    public Integer call() throws CommandException {
        Chain chain = governed.chain();
        PolicyRoles roles = governed.roles(chain);
        PolicyReading live = chain.read();
        List<Standing> proposals = proposals(chain, roles, live);
        Output output = Output.of(spec);
        if (json) {
            output.json(json(roles, live, proposals));
        } else {
            print(roles, live, proposals, output);
        }
        return ExitStatus.GOOD;
    }

    private List<Standing> proposals(Chain chain, PolicyRoles roles, PolicyReading live)
            throws CommandException {
        List<Standing> standing = new ArrayList<>();
        if (!(roles.by() instanceof GovernedBy.Votes)) {
            return standing;
        }
        Address governor = GovernedOptions.governor(roles);
        PolicySet documents = PolicySet.of(live);
        try {
            for (FoundProposal one : new Proposals(chain.access(), governor).find()) {
                VoteCount count = Governance.count(chain.access(), governor, one.id());
                if (all || ProposalStep.isOpen(count.state())) {
                    standing.add(
                            new Standing(
                                    one,
                                    count,
                                    ProposalEffect.of(documents, roles, one.proposal().calls())));
                }
            }
            return standing;
        } catch (GovernException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void print(
            PolicyRoles roles, PolicyReading live, List<Standing> proposals, Output output) {
        output.line(
                "GatewayPolicy %s on chain %d, epoch %d at block %d"
                        .formatted(
                                roles.policy(),
                                live.point().chainId(),
                                live.point().epoch(),
                                live.point().block()));
        output.value("decided by", MissingRole.governor(roles.by()));
        output.value(
                "guardian", roles.guardian().isZero() ? "nobody" : roles.guardian().toString());
        if (!(roles.by() instanceof GovernedBy.Votes)) {
            output.line("its decisions are on this chain only once they are made");
            return;
        }
        if (proposals.isEmpty()) {
            output.line("no proposal is open");
        }
        proposals.forEach(p -> ProposalListing.print(p.found(), p.count(), p.effect(), output));
    }

    private static Json json(PolicyRoles roles, PolicyReading live, List<Standing> proposals) {
        return Json.object(
                "chainId", live.point().chainId(),
                "contract", roles.policy().toString(),
                "epoch", live.point().epoch(),
                "block", live.point().block(),
                "governor", roles.by().account().toString(),
                "guardian", roles.guardian().toString(),
                "delaySeconds", roles.delay().toSeconds(),
                "proposals",
                        new Json.Arr(
                                proposals.stream()
                                        .map(
                                                p ->
                                                        ProposalListing.json(
                                                                p.found(), p.count(), p.effect()))
                                        .toList()));
    }
}
