package io.attestgate.proxy.cli;

import io.attestgate.govern.VotingTerms;
import java.math.BigInteger;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How the votes of a DAO that is being deployed go. */
final class VotingOptions {
    @Option(
            names = "--voting-delay",
            paramLabel = "DURATION",
            defaultValue = "1d",
            description = "From a proposal to the moment whose votes count. Default: 1d.")
    private Duration votingDelay = Duration.ZERO;

    @Option(
            names = "--voting-period",
            paramLabel = "DURATION",
            defaultValue = "5d",
            description = "From then to the end of the vote. Default: 5d.")
    private Duration votingPeriod = Duration.ZERO;

    @Option(
            names = "--vote-extension",
            paramLabel = "DURATION",
            defaultValue = "2d",
            description = "What is left of the vote when the quorum is reached. Default: 2d.")
    private Duration voteExtension = Duration.ZERO;

    @Option(
            names = "--threshold",
            paramLabel = "VOTES",
            defaultValue = "1",
            description = "Votes it takes to propose, in the token's smallest unit. Default: 1.")
    private BigInteger threshold = BigInteger.ONE;

    @Option(
            names = "--quorum",
            paramLabel = "PERCENT",
            defaultValue = "4",
            description = "Of all votes, 1 to 50. Default: 4.")
    private int quorumPercent;

    VotingTerms terms() throws CommandException {
        try {
            return new VotingTerms(
                    votingDelay, votingPeriod, voteExtension, threshold, quorumPercent);
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }
}
