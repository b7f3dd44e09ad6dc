package io.attestgate.govern;

import io.attestgate.govern.GovernException.Cause;
import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks at one proposal of a Governor, again and again where it must come about first. */
public final class ProposalWatch {
    /** A development chain's terms are seconds; who waits for days comes back. */
    public static final Duration WAIT_MAX = Duration.ofMinutes(5);

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final EndpointAccess rpc;
    private final Address governor;
    private final Hash32 proposal;

    public ProposalWatch(EndpointAccess rpc, Address governor, Hash32 proposal) {
        this.rpc = rpc;
        this.governor = governor;
        this.proposal = proposal;
    }

    public VoteCount count() throws GovernException {
        return Governance.count(rpc, governor, proposal);
    }

    /** Waits until the proposal is not in that state any more, {@link #WAIT_MAX} at most. */
    public VoteCount awaitEndOf(ProposalState state) throws GovernException {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        VoteCount count = count();
        while (count.state() == state) {
            pause(deadline, "proposal %s: still %s".formatted(proposal, state));
            count = count();
        }
        return count;
    }

    /** Waits until a queued proposal may be executed, {@link #WAIT_MAX} at most. */
    public VoteCount awaitDue() throws GovernException {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        VoteCount count = count();
        try (Endpoint endpoint = new Endpoint(rpc)) {
            while (count.state() == ProposalState.QUEUED
                    && count.due().isPresent()
                    && blockTime(endpoint) < count.due().get().getEpochSecond()) {
                pause(deadline, "proposal %s: due at %s".formatted(proposal, count.due().get()));
                count = count();
            }
        }
        return count;
    }

    /** The votes of an account that count in this proposal, at the moment that it asks. */
    public BigInteger votesOf(Address account, VoteCount count) throws GovernException {
        try (Endpoint endpoint = new Endpoint(rpc)) {
            return new ContractView(endpoint, governor)
                    .number(
                            "getVotes(address,uint256)",
                            new AbiEncoder().address(account).uint(count.snapshot()));
        }
    }

    private static long blockTime(Endpoint endpoint) throws GovernException {
        Json block =
                endpoint.ask("eth_getBlockByNumber", new Json.Text("latest"), new Json.Bool(false));
        Json time =
                block instanceof Json.Obj members
                        ? members.get("timestamp").orElse(new Json.Null())
                        : new Json.Null();
        return endpoint.quantityOf("timestamp", time).longValueExact();
    }

    private static void pause(long deadline, String still) throws GovernException {
        if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
            throw new GovernException(
                    Cause.NOT_MINED,
                    "%s (expected: otherwise within %s)".formatted(still, WAIT_MAX));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
