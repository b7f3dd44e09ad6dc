package io.attestgate.proxy.cli;

import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.PolicyRoles;
import io.attestgate.govern.Proposal;
import io.attestgate.govern.ProposedCall;
import io.attestgate.govern.Sent;
import io.attestgate.policy.diff.NameChange;
import io.attestgate.policy.diff.PolicySet;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.wire.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code attestgate policy propose}: asks those who govern for a change. */
@Command(
        name = "propose",
        header = {"Proposes a change of the policy to those who govern it.", ""},
        description = {
            "Shows what the change does to what is live, and makes one proposal of all of it on"
                    + " the",
            "OpenZeppelin Governor that governs, by a transaction of a devnet key. With --safe it",
            "sends nothing and prints the transactions for a Safe, or any wallet, to send."
        },
        footer = {
            "",
            "Examples:",
            "  ./attestgate policy propose app.json --config attestgate.yaml --key-file voter.key",
            "  ./attestgate policy propose --withdraw old.example.org --safe --json \\",
            "      --config attestgate.yaml > transactions.json"
        })
final class PolicyProposeCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ProposedChanges changes = new ProposedChanges();

    @Option(
            names = "--safe",
            description = {
                "Sends nothing; prints the transactions for a Safe. With --json in the form of the",
                "Safe Transaction Builder."
            })
    private boolean safe;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Mixin private GovernedOptions governed = new GovernedOptions();

    @ArgGroup(heading = "Key that proposes, unless --safe:%n")
    private @Nullable KeyOptions key;

    @Override
    public Integer call() throws CommandException {
        if (safe == (key != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    safe
                            ? "--key: present (expected: none with --safe)"
                            : "--key, --key-file, --safe: absent (expected: one of these)");
        }
        Chain chain = governed.chain();
        PolicyRoles roles = governed.roles(chain);
        List<ProposedCall> calls = changes.calls(roles);
        PolicyReading live = chain.read();
        ProposalEffect effect = ProposalEffect.of(PolicySet.of(live), roles, calls);
        requireGood(effect);
        Proposal proposal = new Proposal(calls, description(effect, live));
        if (key == null) {
            printForSafe(chain, roles, proposal, effect);
        } else {
            send(chain, roles, proposal, effect, key.open());
        }
        return ExitStatus.GOOD;
    }

    /** A vote on a document that every gateway refuses is a vote for an outage. */
    private static void requireGood(ProposalEffect effect) throws CommandException {
        for (NameChange change : effect.changes()) {
            boolean ours = change.kind() != NameChange.Kind.AFFECTED;
            if (ours && !change.faults().isEmpty()) {
                throw new CommandException(change.faults());
            }
        }
    }

    /** The same change at another epoch is another proposal. */
    private String description(ProposalEffect effect, PolicyReading live) {
        return changes.description()
                .orElseGet(
                        () ->
                                "%s (at epoch %d)"
                                        .formatted(
                                                String.join("; ", effect.calls()),
                                                live.point().epoch()));
    }

    private void printForSafe(
            Chain chain, PolicyRoles roles, Proposal proposal, ProposalEffect effect) {
        SafeListing listing = SafeListing.of(chain.pinned().chainId(), roles, proposal);
        Output output = Output.of(spec);
        if (json) {
            output.json(listing.json());
            return;
        }
        effect.calls().forEach(call -> output.value("does", call));
        DiffListing.print(effect.changes(), output);
        listing.print(output);
    }

    private void send(
            Chain chain,
            PolicyRoles roles,
            Proposal proposal,
            ProposalEffect effect,
            DevnetKey opened)
            throws CommandException {
        Sent sent;
        try {
            sent = GovernedOptions.governance(chain, roles, opened).propose(proposal);
        } catch (GovernException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
        Output output = Output.of(spec);
        if (json) {
            output.json(
                    Json.object(
                            "proposal", proposal.id().toString(),
                            "transaction", sent.transaction().toString(),
                            "block", sent.block(),
                            "calls", Json.Arr.of(effect.calls()),
                            "diff", DiffListing.json(effect.changes())));
            return;
        }
        output.line("proposed " + proposal.id());
        effect.calls().forEach(call -> output.value("does", call));
        DiffListing.print(effect.changes(), output);
        output.value("transaction", sent.transaction().toString());
        output.value("block", Long.toString(sent.block()));
    }
}
