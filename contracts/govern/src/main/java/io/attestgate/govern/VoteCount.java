package io.attestgate.govern;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * How a proposal stands, as the endpoint says.
 *
 * @param snapshot whose votes count: a moment of the token's clock, in seconds or blocks
 * @param deadline the last moment of the vote on the same clock, a late quorum's extension included
 * @param against votes
 * @param inFavour votes
 * @param abstain votes
 * @param due when the timelock lets it be executed; empty before it was queued
 */
public record VoteCount(
        ProposalState state,
        long snapshot,
        long deadline,
        BigInteger against,
        BigInteger inFavour,
        BigInteger abstain,
        Optional<Instant> due) {}
