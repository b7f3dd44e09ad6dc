package io.attestgate.proxy.cli;

import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.FoundProposal;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.Governance;
import io.attestgate.govern.PolicyRoles;
import io.attestgate.govern.ProposalState;
import io.attestgate.govern.ProposalWatch;
import io.attestgate.govern.Proposals;
import io.attestgate.govern.VoteCount;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which proposal a step is about, who takes it, and whether he waits until he can. */
final class ProposalStep {
    private static final Set<ProposalState> OPEN =
            Set.of(
                    ProposalState.PENDING,
                    ProposalState.ACTIVE,
                    ProposalState.SUCCEEDED,
                    ProposalState.QUEUED);

    @Mixin private GovernedOptions governed = new GovernedOptions();

    @Option(
            names = "--proposal",
            paramLabel = "ID",
            description = "Default: the only one that is open.")
    private @Nullable Hash32 proposal;

    @Option(names = "--wait", description = "Waits up to 5 minutes until the step can be taken.")
    private boolean wait;

    @ArgGroup(multiplicity = "1", heading = "Key that sends it:%n")
    private KeyOptions key = new KeyOptions();

    /** One proposal, and the way to its governor. */
    record Opened(FoundProposal found, Governance governance, ProposalWatch watch, DevnetKey key) {}

    Opened open() throws CommandException, GovernException {
        Chain chain = governed.chain();
        PolicyRoles roles = governed.roles(chain);
        Address governor = GovernedOptions.governor(roles);
        DevnetKey opened = key.open();
        FoundProposal found = find(chain, governor);
        return new Opened(
                found,
                GovernedOptions.governance(chain, roles, opened),
                new ProposalWatch(chain.access(), governor, found.id()),
                opened);
    }

    /** Whether a proposal in that state may still change by what people do. */
    static boolean isOpen(ProposalState state) {
        return OPEN.contains(state);
    }

    /** Refuses a proposal that is not in that state, or waits while it is in an earlier one. */
    VoteCount require(Opened opened, ProposalState wanted)
            throws CommandException, GovernException {
        VoteCount count = opened.watch().count();
        while (wait && OPEN.contains(count.state()) && count.state().compareTo(wanted) < 0) {
            count = opened.watch().awaitEndOf(count.state());
        }
        if (count.state() != wanted) {
            throw new CommandException(
                    "proposal %s: %s (expected: %s%s)"
                            .formatted(
                                    opened.found().id(),
                                    ProposalListing.word(count.state()),
                                    ProposalListing.word(wanted),
                                    count.state().compareTo(wanted) < 0 && !wait
                                            ? "; --wait waits for it"
                                            : ""));
        }
        return count;
    }

    /** Waits, where that was asked for, until a queued proposal is due. */
    void awaitDue(Opened opened) throws GovernException {
        if (wait) {
            VoteCount due = opened.watch().awaitDue();
            assert due.due().isPresent() : "a queued proposal has a time";
        }
    }

    private FoundProposal find(Chain chain, Address governor)
            throws CommandException, GovernException {
        Proposals proposals = new Proposals(chain.access(), governor);
        if (proposal != null) {
            return proposals
                    .find(proposal)
                    .orElseThrow(() -> new CommandException(unknown(governor)));
        }
        List<FoundProposal> open = new ArrayList<>();
        for (FoundProposal one : proposals.find()) {
            if (OPEN.contains(Governance.count(chain.access(), governor, one.id()).state())) {
                open.add(one);
            }
        }
        if (open.size() != 1) {
            throw new CommandException(ambiguous(open));
        }
        return open.getFirst();
    }

    private String unknown(Address governor) {
        return "--proposal: %s (expected: one that the logs of governor %s tell of)"
                .formatted(proposal, governor);
    }

    private static String ambiguous(List<FoundProposal> open) {
        return "proposals: %s open (expected: one%s)"
                .formatted(
                        open.isEmpty() ? "none" : Integer.toString(open.size()),
                        open.isEmpty()
                                ? ""
                                : ", or --proposal with one of "
                                        + String.join(
                                                ", ",
                                                open.stream()
                                                        .map(o -> o.id().toString())
                                                        .toList()));
    }
}
