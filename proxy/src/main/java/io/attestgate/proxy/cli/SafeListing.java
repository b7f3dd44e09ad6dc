package io.attestgate.proxy.cli;

import io.attestgate.govern.GovernedBy;
import io.attestgate.govern.PolicyRoles;
import io.attestgate.govern.Proposal;
import io.attestgate.govern.ProposedCall;
import io.attestgate.wire.Json;
import java.util.List;
import java.util.Optional;

/**
 * The transactions by which a Safe, or any wallet, brings a change about.
 *
 * @param from whose transactions they are, in words
 * @param calls to be made together
 * @param later what anyone calls once the timelock's delay is over; empty without a timelock
 */
record SafeListing(
        long chainId,
        String from,
        Proposal proposal,
        List<ProposedCall> calls,
        Optional<ProposedCall> later) {

    static SafeListing of(long chainId, PolicyRoles roles, Proposal proposal) {
        return switch (roles.by()) {
            case GovernedBy.Votes votes ->
                    new SafeListing(
                            chainId,
                            "any account with the votes to propose",
                            proposal,
                            List.of(proposal.proposeOn(votes.governor())),
                            Optional.empty());
            case GovernedBy.Timelocked safe ->
                    new SafeListing(
                            chainId,
                            safe.proposer().toString(),
                            proposal,
                            List.of(
                                    proposal.scheduleOn(
                                            safe.timelock(), roles.delay().toSeconds())),
                            Optional.of(proposal.executeOn(safe.timelock())));
            case GovernedBy.Account account ->
                    new SafeListing(
                            chainId,
                            account.account().toString(),
                            proposal,
                            proposal.calls(),
                            Optional.empty());
        };
    }

    void print(Output output) {
        output.line("from " + from + (calls.size() > 1 ? ", all in one transaction:" : ":"));
        calls.forEach(call -> print(call, output));
        later.ifPresent(
                call -> {
                    output.line("after the timelock's delay, from anyone:");
                    print(call, output);
                });
    }

    private static void print(ProposedCall call, Output output) {
        output.value("to", call.target().toString());
        output.value("value", "0");
        output.value("data", call.data());
    }

    /** As the Safe Transaction Builder imports a batch; what comes later is a batch of its own. */
    Json json() {
        return Json.object(
                "version",
                "1.0",
                "chainId",
                Long.toString(chainId),
                "createdAt",
                0,
                "meta",
                Json.object("name", "Attestgate policy", "description", proposal.description()),
                "transactions",
                new Json.Arr(calls.stream().<Json>map(SafeListing::json).toList()));
    }

    private static Json json(ProposedCall call) {
        return Json.object(
                "to",
                call.target().toString(),
                "value",
                "0",
                "data",
                call.data(),
                "contractMethod",
                new Json.Null(),
                "contractInputsValues",
                new Json.Null());
    }
}
