package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.govern.GovernException.Cause;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes whoever is to govern: a timelock, and a governor where a token votes.
 *
 * <p>The deployer never has a role. A timelock is made with its one proposer; the Governor that is
 * to be one follows in the next transaction, whose address is known before. Whether that came about
 * is for {@link RoleTable} to read.
 */
final class AuthorityDeployment {
    /**
     * Code deposit (200 a byte of 17,000), init code and constructor, and a third as much again.
     */
    private static final long CREATE_GAS = 6_500_000;

    private static final ContractArtifact TIMELOCK = ContractArtifact.load("PolicyTimelock");
    private static final ContractArtifact GOVERNOR = ContractArtifact.load("PolicyGovernor");

    private final Sender sender;
    private final Pace pace;

    AuthorityDeployment(Sender sender, Pace pace) {
        this.sender = sender;
        this.pace = pace;
    }

    /** Deploys what {@code authority} needs; an account as it stands needs nothing. */
    GovernedBy deploy(Authority authority) throws GovernException {
        requirePace(authority);
        return switch (authority) {
            case Authority.Votes votes -> deploy(votes);
            case Authority.Timelocked safe -> {
                Address timelock = timelock(safe.delay(), safe.account());
                yield new GovernedBy.Timelocked(safe.account(), timelock);
            }
            case Authority.Account account -> new GovernedBy.Account(account.account());
        };
    }

    private void requirePace(Authority authority) throws GovernException {
        List<Fault> faults = new ArrayList<>();
        switch (authority) {
            case Authority.Votes votes -> {
                faults.addAll(pace.faults(votes.terms()));
                faults.addAll(pace.faults(votes.delay()));
            }
            case Authority.Timelocked safe -> faults.addAll(pace.faults(safe.delay()));
            case Authority.Account account -> {}
        }
        if (!faults.isEmpty()) {
            throw new GovernException(
                    Cause.WRONG_TERMS,
                    faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        }
    }

    private GovernedBy deploy(Authority.Votes votes) throws GovernException {
        ContractView token = sender.view(votes.token());
        token.number("getVotes(address)", new AbiEncoder().address(Address.ZERO));
        TokenClock clock = TokenClock.of(token, votes.blockTime());
        VotingTerms terms = votes.terms();
        Address next =
                CreatedAddress.of(sender.key().address(), sender.nonce().add(BigInteger.ONE));
        Address timelock = timelock(votes.delay(), next);
        AbiEncoder arguments =
                new AbiEncoder()
                        .address(votes.token())
                        .address(timelock)
                        .uint(clock.units(terms.votingDelay()))
                        .uint(clock.units(terms.votingPeriod()))
                        .uint(clock.units(terms.voteExtension()))
                        .uint(terms.proposalThreshold())
                        .uint(terms.quorumPercent());
        Address governor = create(GOVERNOR, arguments);
        if (!governor.equals(next)) {
            throw new GovernException(
                    Cause.WRONG_ROLES,
                    "address of the Governor: %s (expected: %s, the proposer of timelock %s; no other transaction of the key between)"
                            .formatted(governor, next, timelock));
        }
        return new GovernedBy.Votes(governor, timelock);
    }

    private Address timelock(Duration delay, Address proposer) throws GovernException {
        return create(TIMELOCK, new AbiEncoder().uint(delay.toSeconds()).address(proposer));
    }

    private Address create(ContractArtifact contract, AbiEncoder arguments) throws GovernException {
        Call init = Call.of(contract.bytecode(), arguments, CREATE_GAS);
        return sender.create(contract, init).created().orElseThrow();
    }
}
