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

/**
 * What every name is at one block. Immutable; two threads may share it.
 *
 * <p>What ends by the clock is not decided here: {@link DomainState.LastGood} and {@link
 * #hardStaleAt} say when, and whoever serves compares at use.
 */
public final class Snapshot {
    private final PolicyPoint point;
    private final GatewayInForce gateway;
    private final DomainTable table;
    private final Memory memory;

    Snapshot(PolicyPoint point, GatewayInForce gateway, DomainTable table, Memory memory) {
        this.point = point;
        this.gateway = gateway;
        this.table = table;
        this.memory = memory;
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

    /** From this instant on the gateway warns and orders no certificates. */
    public Instant softStaleAt() {
        return point.blockTime().plus(gateway.staleness().soft());
    }

    /** From this instant on nothing is served. */
    public Instant hardStaleAt() {
        return point.blockTime().plus(gateway.staleness().hard());
    }

    /**
     * What every name that has a document or a tombstone is, in the order of names. The very map of
     * the snapshot before, if {@link #lookup} too answers as it did there: what was compiled from
     * that one can be kept.
     */
    public Map<PolicyName, DomainState> domains() {
        return table.domains();
    }

    /**
     * What {@code host} is, with what its wildcard, its controllers and the halts above it make of
     * it; empty if the policy does not have it. A few look-ups in maps.
     */
    public Optional<DomainState> lookup(Hostname host) {
        return table.lookup(host);
    }

    /** Whether a later block with these names changes nothing: no name differs and none ends. */
    boolean holdsFor(NavigableMap<PolicyName, NameEntry> names) {
        return gateway instanceof GatewayInForce.Good && table.holdsFor(names);
    }

    /** The same at a later block. */
    Snapshot at(PolicyPoint later) {
        return new Snapshot(later, gateway, table, memory);
    }

    DomainTable table() {
        return table;
    }

    Memory memory() {
        return memory;
    }
}
