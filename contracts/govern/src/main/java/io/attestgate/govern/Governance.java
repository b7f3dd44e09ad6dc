package io.attestgate.govern;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes a proposal through an OpenZeppelin Governor by transactions of one devnet key: each method
 * that changes something sends one and returns when a block has it.
 *
 * <p>The way is propose, vote, queue, execute; a refusal is a {@link GovernException} in the words
 * of whichever contract refused. Any thread; one transaction at a time per key.
 */
public final class Governance {
    /** Whose errors may come back: the governor calls on to the timelock, and that to the rest. */
    private static final List<ContractArtifact> KNOWN =
            List.of(
                    ContractArtifact.load("PolicyGovernor"),
                    ContractArtifact.load("PolicyTimelock"),
                    ContractArtifact.load("GatewayPolicy"),
                    ContractArtifact.load("MeasurementRegistry"));

    private final EndpointAccess rpc;
    private final long chainId;
    private final Address governor;
    private final DevnetKey key;

    public Governance(EndpointAccess rpc, long chainId, Address governor, DevnetKey key) {
        this.rpc = rpc;
        this.chainId = chainId;
        this.governor = governor;
        this.key = key;
    }

    /** Makes the proposal, whose id follows from it; the key's votes reach the threshold. */
    public Sent propose(Proposal proposal) throws GovernException {
        return send(proposal.propose());
    }

    /** Casts the key's votes, once; while the proposal is active. */
    public Sent castVote(Hash32 proposal, Vote vote) throws GovernException {
        return send(
                Call.of(
                        "castVote(uint256,uint8)",
                        new AbiEncoder().bytes32(proposal).uint(vote.number())));
    }

    /** Hands a proposal that succeeded to the timelock; anyone may. */
    public Sent queue(Proposal proposal) throws GovernException {
        return send(proposal.queue());
    }

    /** Executes a queued proposal whose delay is over; anyone may. */
    public Sent execute(Proposal proposal) throws GovernException {
        return send(proposal.execute());
    }

    /** Where a proposal stands. */
    public ProposalState state(Hash32 proposal) throws GovernException {
        return count(rpc, governor, proposal).state();
    }

    /** Where a proposal stands on the governor at that address; no key is needed to look. */
    public static VoteCount count(EndpointAccess access, Address governor, Hash32 proposal)
            throws GovernException {
        try (Endpoint rpc = new Endpoint(access)) {
            return count(new ContractView(rpc, governor), proposal);
        }
    }

    private static VoteCount count(ContractView governor, Hash32 proposal) throws GovernException {
        AbiEncoder id = new AbiEncoder().bytes32(proposal);
        long state = governor.small("state(uint256)", governor.number("state(uint256)", id));
        ProposalState[] states = ProposalState.values();
        if (state >= states.length) {
            throw governor.unexpected("state(uint256)", state);
        }
        String votes = "proposalVotes(uint256)";
        BigInteger due = governor.number("proposalEta(uint256)", id);
        return new VoteCount(
                states[(int) state],
                moment(governor, "proposalSnapshot(uint256)", id),
                moment(governor, "proposalDeadline(uint256)", id),
                governor.number(votes, id, Vote.AGAINST.number()),
                governor.number(votes, id, Vote.FOR.number()),
                governor.number(votes, id, Vote.ABSTAIN.number()),
                due.signum() == 0
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochSecond(governor.small("eta", due))));
    }

    private static long moment(ContractView governor, String signature, AbiEncoder id)
            throws GovernException {
        return governor.small(signature, governor.number(signature, id));
    }

    private Sent send(Call call) throws GovernException {
        try (Sender sender = Sender.open(rpc, chainId, key)) {
            Receipt receipt = sender.call(KNOWN, governor, call);
            return new Sent(receipt.transaction(), receipt.block());
        }
    }
}
