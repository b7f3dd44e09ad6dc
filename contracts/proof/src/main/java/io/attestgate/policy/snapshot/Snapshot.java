package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * What every name is at one block. Immutable; two threads may share it.
 *
 * <p>What ends by the clock is not decided here: {@link DomainState.LastGood} and {@link
 * #servesEnd} say when, and whoever serves compares at use.
 */
public final class Snapshot {
    private final PolicyPoint point;
    private final GatewayInForce gateway;
    private final HeartbeatDuty duty;
    private final DomainTable table;
    private final Memory memory;
    private final Grounds grounds;
    private final Reduced reduced;

    /** As it was read, with nothing permitted before {@link #on} says on what grounds. */
    Snapshot(
            PolicyPoint point,
            GatewayInForce gateway,
            HeartbeatDuty duty,
            DomainTable table,
            Memory memory) {
        this(point, gateway, duty, table, memory, Grounds.NOT_JUDGED);
    }

    private Snapshot(
            PolicyPoint point,
            GatewayInForce gateway,
            HeartbeatDuty duty,
            DomainTable table,
            Memory memory,
            Grounds grounds) {
        this.point = point;
        this.gateway = gateway;
        this.duty = duty;
        this.table = table;
        this.memory = memory;
        this.grounds = grounds;
        this.reduced = new Reduced(table, grounds.early());
    }

    /**
     * The same, permitted on these grounds. Early halts take names away and give none: a host that
     * they cover is halted if it was to be answered at all, every other is what it was; no route,
     * no document and no certificate rule changes.
     */
    public Snapshot on(Grounds newer) {
        return new Snapshot(point, gateway, duty, table, memory, newer);
    }

    /** On what grounds. */
    public Grounds grounds() {
        return grounds;
    }

    /** What the gateway's document asks of this platform by way of beats. */
    public HeartbeatDuty heartbeatDuty() {
        return duty;
    }

    /** Where it was read. */
    public PolicyPoint point() {
        return point;
    }

    /** The gateway's document that is in force; empty if there is no good one. */
    public Optional<GatewayDocument> gateway() {
        return gateway.document().map(Hashed::document);
    }

    /** The hash of the gateway's document that is in force. */
    public Optional<Hash32> gatewayHash() {
        return gateway.document().map(Hashed::hash);
    }

    /**
     * What is wrong with the gateway's newest document, or why this platform may not serve by it;
     * empty if nothing is.
     */
    public List<Fault> gatewayFaults() {
        return gateway.faults();
    }

    /** From this instant on the proven block is so old that no certificates are ordered. */
    public Instant softStaleAt() {
        return point.blockTime().plus(gateway.staleness().soft());
    }

    /** From this instant on the proven block is so old that nothing is served. */
    public Instant hardStaleAt() {
        return point.blockTime().plus(gateway.staleness().hard());
    }

    /** From when on no certificates are ordered, by the first reason not to. */
    public Ending ordersEnd() {
        return grounds.measurement()
                .orEarlier(duty.soft(grounds.beats()))
                .orEarlier(new Ending(softStaleAt(), Ending.Cause.STALE_POLICY));
    }

    /** From when on nothing is served, by the first reason not to. */
    public Ending servesEnd() {
        return grounds.measurement()
                .orEarlier(duty.hard(grounds.beats()))
                .orEarlier(new Ending(hardStaleAt(), Ending.Cause.STALE_POLICY));
    }

    /**
     * What every name that has a document or a tombstone is, in the order of names. The very map of
     * the snapshot before, if {@link #lookup} too answers as it did there: what was compiled from
     * that one can be kept.
     */
    public Map<PolicyName, DomainState> domains() {
        return reduced.domains();
    }

    /**
     * What {@code host} is, with what its wildcard, its controllers and the halts above it make of
     * it; empty if the policy does not have it. A few look-ups in maps.
     */
    public Optional<DomainState> lookup(Hostname host) {
        return reduced.lookup(host);
    }

    /**
     * The names whose halts are proven short of finality and that final state does not have yet.
     */
    public Set<PolicyName> earlyHalts() {
        return reduced.earlyHalts();
    }

    /** Whether a later block with these names changes nothing: no name differs and none ends. */
    boolean holdsFor(NavigableMap<PolicyName, NameEntry> names) {
        return gateway instanceof GatewayInForce.Good && table.holdsFor(names);
    }

    /** The same at a later block. */
    Snapshot at(PolicyPoint later) {
        return new Snapshot(later, gateway, duty, table, memory);
    }

    DomainTable table() {
        return table;
    }

    Memory memory() {
        return memory;
    }
}
