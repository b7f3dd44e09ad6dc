package io.attestgate.demo;

import io.attestgate.govern.Authority;
import io.attestgate.govern.Deployment.Deployed;
import io.attestgate.govern.DevnetKey;
import io.attestgate.govern.EndpointAccess;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.Governance;
import io.attestgate.govern.GovernanceDeployment;
import io.attestgate.govern.GovernanceDeployment.Governed;
import io.attestgate.govern.GovernanceDeployment.Plan;
import io.attestgate.govern.GovernedBy;
import io.attestgate.govern.Pace;
import io.attestgate.govern.PolicyChanges;
import io.attestgate.govern.PolicyPublisher;
import io.attestgate.govern.Proposal;
import io.attestgate.govern.ProposalState;
import io.attestgate.govern.ProposalWatch;
import io.attestgate.govern.ProposedCall;
import io.attestgate.govern.Published;
import io.attestgate.govern.Vote;
import io.attestgate.govern.VoteCount;
import io.attestgate.govern.VotesToken;
import io.attestgate.govern.VotingTerms;
import io.attestgate.peer.Anvil;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who decides in the demo: a Governor and a timelock whose terms are seconds, one voter who holds
 * all votes, a guardian, and a controller to whom the vote gave the names below one.
 */
final class Dao {
    /** Below it the controller publishes by himself. */
    static final String DELEGATED = "demo.localhost";

    private static final int DELEGATED_NAMES_MAX = 100;

    /** Long enough for a person, and for a command that starts a JVM. */
    private static final VotingTerms TERMS =
            new VotingTerms(
                    Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ZERO, BigInteger.ONE, 4);

    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final BigInteger SUPPLY = BigInteger.TEN.pow(24);

    private final EndpointAccess rpc;
    private final Governed governed;

    private Dao(EndpointAccess rpc, Governed governed) {
        this.rpc = rpc;
        this.governed = governed;
    }

    /** Deploys all of it. */
    static Dao deploy(Anvil chain) throws GovernException {
        EndpointAccess rpc = EndpointAccess.to(chain.rpc());
        DevnetKey voter = Role.VOTER.key();
        VotesToken token = VotesToken.deploy(rpc, voter, SUPPLY);
        Authority votes = new Authority.Votes(token.address(), TERMS, Duration.ofSeconds(1), DELAY);
        Plan plan = new Plan(votes, Optional.of(Role.GUARDIAN.key().address()), Pace.DEVNET);
        return new Dao(rpc, GovernanceDeployment.deploy(rpc, voter, plan));
    }

    /** A key of anvil's public mnemonic for each part that is played. */
    enum Role {
        VOTER,
        GUARDIAN,
        CONTROLLER;

        /** As a key file holds it. */
        String hex() {
            return switch (this) {
                case VOTER -> Anvil.KEYS.get(0);
                case GUARDIAN -> Anvil.KEYS.get(1);
                case CONTROLLER -> Anvil.KEYS.get(2);
            };
        }

        DevnetKey key() {
            return DevnetKey.parse(hex()).orElseThrow();
        }

        /** Of the file that holds it. */
        String fileName() {
            return switch (this) {
                case VOTER -> "voter.key";
                case GUARDIAN -> "guardian.key";
                case CONTROLLER -> "controller.key";
            };
        }
    }

    Deployed contracts() {
        return governed.contracts();
    }

    GovernedBy.Votes by() {
        return (GovernedBy.Votes) governed.by();
    }

    /** What the votes may decide. */
    PolicyChanges changes() {
        return new PolicyChanges(contracts().gatewayPolicy(), contracts().measurementRegistry());
    }

    /** Gives the controller his names. */
    ProposedCall delegation() {
        return changes().delegate(DELEGATED, Role.CONTROLLER.key().address(), DELEGATED_NAMES_MAX);
    }

    /** Takes a proposal all the way, waiting for its terms. */
    void pass(List<ProposedCall> calls, String description) throws GovernException {
        Proposal proposal = new Proposal(calls, description);
        Governance governance =
                new Governance(rpc, contracts().chainId(), by().governor(), Role.VOTER.key());
        governance.propose(proposal);
        ProposalWatch watch = new ProposalWatch(rpc, by().governor(), proposal.id());
        require(watch.awaitEndOf(ProposalState.PENDING), ProposalState.ACTIVE);
        governance.castVote(proposal.id(), Vote.FOR);
        require(watch.awaitEndOf(ProposalState.ACTIVE), ProposalState.SUCCEEDED);
        governance.queue(proposal);
        require(watch.awaitDue(), ProposalState.QUEUED);
        governance.execute(proposal);
    }

    private static void require(VoteCount count, ProposalState state) {
        if (count.state() != state) {
            throw new IllegalStateException(
                    "proposal: %s (expected: %s)".formatted(count.state(), state));
        }
    }

    /** Publishes a name below the delegated one, as its controller. */
    Published publish(String name, byte[] document) throws GovernException {
        return publisher(Role.CONTROLLER).publish(name, document);
    }

    /** Halts a name until then, as guardian; gives the block. */
    long halt(String name, Instant until) throws GovernException {
        return publisher(Role.GUARDIAN).halt(name, until).block();
    }

    private PolicyPublisher publisher(Role role) {
        return new PolicyPublisher(
                rpc, contracts().chainId(), contracts().gatewayPolicy(), role.key());
    }
}
