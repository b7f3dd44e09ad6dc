package io.attestgate.proxy.cli;

import io.attestgate.govern.FoundProposal;
import io.attestgate.govern.ProposalState;
import io.attestgate.govern.VoteCount;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;

/** Proposals and where they stand, for people and for programs. */
final class ProposalListing {
    /** What tokens usually count in. */
    private static final int DECIMALS = 18;

    /** A token's clock counts seconds or blocks, and no chain has as many blocks as this. */
    private static final long SECONDS_FROM = 1_000_000_000;

    private ProposalListing() {}

    static void print(
            FoundProposal proposal, VoteCount count, ProposalEffect effect, Output output) {
        output.line("proposal " + proposal.id());
        output.value("state", state(count));
        output.value(
                "votes",
                "%s for, %s against, %s abstain"
                        .formatted(
                                votes(count.inFavour()),
                                votes(count.against()),
                                votes(count.abstain())));
        count.due().ifPresent(due -> output.value("due", due.toString()));
        output.value("proposer", proposal.proposer() + ", as a log says");
        output.value("why", quoted(proposal.proposal().description()));
        effect.calls().forEach(call -> output.value("does", call));
        DiffListing.print(effect.changes(), output);
    }

    static Json json(FoundProposal proposal, VoteCount count, ProposalEffect effect) {
        return Json.object(
                "proposal", proposal.id().toString(),
                "state", word(count.state()),
                "snapshot", count.snapshot(),
                "deadline", count.deadline(),
                "for", count.inFavour().toString(),
                "against", count.against().toString(),
                "abstain", count.abstain().toString(),
                "due",
                        count.due()
                                .<Json>map(due -> new Json.Text(due.toString()))
                                .orElse(new Json.Null()),
                "description", proposal.proposal().description(),
                "calls", Json.Arr.of(effect.calls()),
                "understood", effect.understood(),
                "diff", DiffListing.json(effect.changes()));
    }

    static String word(ProposalState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static String state(VoteCount count) {
        return switch (count.state()) {
            case PENDING -> "pending; the vote begins after " + moment(count.snapshot());
            case ACTIVE -> "active; the vote ends after " + moment(count.deadline());
            case SUCCEEDED -> "succeeded; anyone may queue it";
            case QUEUED -> "queued; anyone may execute it once it is due";
            case CANCELED, DEFEATED, EXPIRED, EXECUTED -> word(count.state());
        };
    }

    private static String moment(long moment) {
        return moment >= SECONDS_FROM
                ? Instant.ofEpochSecond(moment).toString()
                : "block " + moment;
    }

    private static String votes(BigInteger votes) {
        return new BigDecimal(votes, DECIMALS).stripTrailingZeros().toPlainString();
    }

    /** On one line, whatever the proposer wrote. */
    private static String quoted(String description) {
        return Fault.quoted("", description, "").found();
    }
}
