package io.attestgate.proxy.cli;

import io.attestgate.govern.Authority;
import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.EndpointAccess;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.Pace;
import io.attestgate.govern.VotesToken;
import io.attestgate.govern.VotingTerms;
import io.attestgate.wire.Address;
import java.math.BigInteger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who is to govern: exactly one of these. */
final class AuthorityOptions {
    @Option(
            names = "--votes",
            required = true,
            paramLabel = "TOKEN",
            description = "The holders of an ERC20Votes token, through a Governor and a timelock.")
    private @Nullable Address token;

    @Option(
            names = "--demo-votes",
            required = true,
            paramLabel = "COUNT",
            description = {
                "Votes of a token that is made for it, all of them the deploying key's.",
                "Only with --devnet."
            })
    private @Nullable BigInteger demoVotes;

    @Option(
            names = "--safe",
            required = true,
            paramLabel = "ADDRESS",
            description = "A Safe or another account, through a timelock.")
    private @Nullable Address safe;

    @Option(
            names = "--account",
            required = true,
            paramLabel = "ADDRESS",
            description = "An account that has a delay of its own.")
    private @Nullable Address account;

    /** Makes the token where a demo asked for one. */
    Authority authority(EndpointAccess access, DevnetKey key, Terms terms)
            throws CommandException, GovernException {
        if (demoVotes != null) {
            if (!terms.devnet()) {
                throw new CommandException("--demo-votes: present (expected: with --devnet only)");
            }
            return terms.votes(VotesToken.deploy(access, key, demoVotes).address());
        }
        if (token != null) {
            return terms.votes(token);
        }
        if (safe != null) {
            return new Authority.Timelocked(safe, terms.delay());
        }
        if (account != null) {
            return new Authority.Account(account);
        }
        throw new AssertionError("--votes, --safe, --account: absent (expected: one of these)");
    }

    /**
     * On what terms.
     *
     * @param voting how votes go
     * @param blockTime of the chain, for a token whose clock counts blocks
     * @param delay of the timelock
     * @param devnet whether the chain is one
     */
    record Terms(VotingTerms voting, Duration blockTime, Duration delay, boolean devnet) {

        Authority votes(Address token) throws CommandException {
            try {
                return new Authority.Votes(token, voting, blockTime, delay);
            } catch (IllegalArgumentException e) {
                throw new CommandException(String.valueOf(e.getMessage()), e);
            }
        }

        Pace pace() {
            return devnet ? Pace.DEVNET : Pace.PRODUCTION;
        }
    }
}
