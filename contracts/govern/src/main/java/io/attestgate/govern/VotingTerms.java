package io.attestgate.govern;

import java.math.BigInteger;
import java.time.Duration;

/**
 * How a DAO's votes go. A vote can change each later.
 *
 * @param votingDelay from a proposal to the moment whose votes count
 * @param votingPeriod from then to the end of the vote
 * @param voteExtension what is left of the vote at least when the quorum is reached
 * @param proposalThreshold the votes it takes to propose, in the token's smallest unit; more than
 *     zero where proposals would else cost nothing
 * @param quorumPercent of all votes, 1 to 50: cast in favour or to abstain
 */
public record VotingTerms(
        Duration votingDelay,
        Duration votingPeriod,
        Duration voteExtension,
        BigInteger proposalThreshold,
        int quorumPercent) {
    /** Beyond half of all votes a DAO whose members sleep can decide nothing any more. */
    static final int QUORUM_PERCENT_MAX = 50;

    /** An OpenZeppelin token counts no more votes than these. */
    private static final int THRESHOLD_BITS_MAX = 208;

    public VotingTerms {
        if (quorumPercent < 1 || quorumPercent > QUORUM_PERCENT_MAX) {
            throw new IllegalArgumentException(
                    "quorumPercent: %d (expected: 1 to %d)"
                            .formatted(quorumPercent, QUORUM_PERCENT_MAX));
        }
        if (proposalThreshold.signum() < 0 || proposalThreshold.bitLength() > THRESHOLD_BITS_MAX) {
            throw new IllegalArgumentException(
                    "proposalThreshold: %s (expected: 0 to 2^208 - 1)"
                            .formatted(proposalThreshold));
        }
    }
}
