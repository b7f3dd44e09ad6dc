package io.attestgate.govern;

import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import java.math.BigInteger;

/** Who governs a contract that is there, as the endpoint says. */
public sealed interface GovernedBy {

    /** The account in the contract's governor slot. */
    Address account();

    /** A Governor's votes, through its timelock. */
    record Votes(Address governor, Address timelock) implements GovernedBy {
        @Override
        public Address account() {
            return timelock;
        }
    }

    /** Whoever may propose on a timelock. */
    record Timelocked(Address proposer, Address timelock) implements GovernedBy {
        @Override
        public Address account() {
            return timelock;
        }
    }

    /** An account of which nothing is known but its address. */
    record Account(Address account) implements GovernedBy {}

    /**
     * Looks at what stands in the governor's place of a policy or a registry: a timelock that lists
     * its proposers and has one, a Governor or another; or anything else.
     */
    static GovernedBy read(EndpointAccess access, Address contract) throws GovernException {
        try (Endpoint rpc = new Endpoint(access)) {
            return read(rpc, new ContractView(rpc, contract).address("governor()"));
        }
    }

    private static GovernedBy read(Endpoint rpc, Address account) throws GovernException {
        ContractView timelock = new ContractView(rpc, account);
        AbiEncoder proposers = new AbiEncoder().bytes32(TimelockRole.PROPOSER.id());
        if (!timelock.answers("getMinDelay()", new AbiEncoder())
                || !timelock.answers("getRoleMemberCount(bytes32)", proposers)
                || !timelock.number("getRoleMemberCount(bytes32)", proposers)
                        .equals(BigInteger.ONE)) {
            return new Account(account);
        }
        Address proposer = timelock.address("getRoleMember(bytes32,uint256)", proposers.uint(0));
        return new ContractView(rpc, proposer).answers("votingPeriod()", new AbiEncoder())
                ? new Votes(proposer, account)
                : new Timelocked(proposer, account);
    }
}
