package io.attestgate.proxy.cli;

import io.attestgate.govern.Sent;
import io.attestgate.govern.Vote;
import io.attestgate.govern.VoteCount;
import io.attestgate.wire.Json;
import java.util.Locale;

/** What one step of a proposal did, for people and for programs. */
final class StepListing {
    private StepListing() {}

    static void print(
            String what,
            ProposalStep.Opened opened,
            VoteCount after,
            Sent sent,
            boolean json,
            Output output) {
        if (json) {
            output.json(
                    Json.object(
                            "proposal", opened.found().id().toString(),
                            "state", ProposalListing.word(after.state()),
                            "transaction", sent.transaction().toString(),
                            "block", sent.block()));
            return;
        }
        output.line("%s, proposal %s".formatted(what, opened.found().id()));
        output.value("state", ProposalListing.state(after));
        after.due().ifPresent(due -> output.value("due", due.toString()));
        output.value("transaction", sent.transaction().toString());
        output.value("block", Long.toString(sent.block()));
    }

    static String word(Vote vote) {
        return vote.name().toLowerCase(Locale.ROOT);
    }
}
