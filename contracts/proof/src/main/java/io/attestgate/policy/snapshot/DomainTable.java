package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.Halt;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hostname;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds what a host is: its own name before its wildcard, its controller before its wildcard's, and
 * of the halts above it the first.
 *
 * <h2>How</h2>
 *
 * <ol>
 *   <li>The name itself, if it has a document or a tombstone.
 *   <li>Else the wildcard one label above, as far as certificates go (RFC 9525 §6.3), if it has a
 *       document and the controller of the host is the wildcard's.
 *   <li>Of the halts of the gateway, of the host and of every name above it that began within 37
 *       days of the block, the one that began first decides alone: so no chain of parents and
 *       guardians outlasts the rest, and a lift holds.
 * </ol>
 */
final class DomainTable {
    private final NavigableMap<PolicyName, NameEntry> names;
    private final NavigableMap<PolicyName, DomainState> unhalted;
    private final Instant blockTime;
    private final Map<PolicyName, DomainState> domains;

    /**
     * @param reading every name as proven
     * @param unhalted what each name that has a document or a tombstone is but for halts
     */
    DomainTable(PolicyReading reading, NavigableMap<PolicyName, DomainState> unhalted) {
        this(reading.names(), unhalted, reading.point().blockTime());
    }

    private DomainTable(
            NavigableMap<PolicyName, NameEntry> names,
            NavigableMap<PolicyName, DomainState> unhalted,
            Instant blockTime) {
        this.names = names;
        this.unhalted = unhalted;
        this.blockTime = blockTime;
        this.domains = Collections.unmodifiableMap(halted());
    }

    /** Those halts that these names do not have yet. */
    EarlyHalts newer(EarlyHalts early) {
        return early.newerThan(names);
    }

    /** The same names and documents under those halts too. */
    DomainTable under(EarlyHalts early) {
        Instant time = early.time().isAfter(blockTime) ? early.time() : blockTime;
        return new DomainTable(early.over(names), unhalted, time);
    }

    Map<PolicyName, DomainState> domains() {
        return domains;
    }

    Optional<DomainState> lookup(Hostname host) {
        DomainState own = unhalted.get(PolicyName.of(host));
        Optional<DomainState> state = own != null ? Optional.of(own) : wildcard(host);
        return state.map(found -> underHalts(host, found));
    }

    /** Whether every look-up gives the same in both. */
    boolean answersAs(DomainTable other) {
        return domains.equals(other.domains)
                && unhalted.equals(other.unhalted)
                && standingHalts().equals(other.standingHalts())
                && controllers().equals(other.controllers());
    }

    /** Whether a later table of these names answers alike: no halt counts and no document ends. */
    boolean holdsFor(NavigableMap<PolicyName, NameEntry> later) {
        return names.equals(later)
                && standingHalts().isEmpty()
                && unhalted.values().stream().noneMatch(DomainState.LastGood.class::isInstance);
    }

    private Optional<DomainState> wildcard(Hostname host) {
        return host.parent()
                .filter(base -> controllerOf(host).equals(controllerOf(base)))
                .flatMap(PolicyName::wildcardBelow)
                .map(unhalted::get);
    }

    /** The controller of the longest delegated ancestor, or of the name itself. */
    private Optional<Address> controllerOf(Hostname host) {
        for (Optional<Hostname> at = Optional.of(host); at.isPresent(); at = parentOf(at)) {
            Optional<Address> controller = entry(at.get()).flatMap(NameEntry::controller);
            if (controller.isPresent()) {
                return controller;
            }
        }
        return Optional.empty();
    }

    /** A tombstone says more than a halt: it does not end. */
    private DomainState underHalts(Hostname host, DomainState state) {
        if (state instanceof DomainState.Withdrawn) {
            return state;
        }
        return firstHalt(host)
                .filter(halt -> halt.stands(blockTime))
                .<DomainState>map(halt -> new DomainState.Halted(halt.until()))
                .orElse(state);
    }

    private Optional<Halt> firstHalt(Hostname host) {
        Optional<Halt> first = counting(PolicyName.GATEWAY);
        for (Optional<Hostname> at = Optional.of(host); at.isPresent(); at = parentOf(at)) {
            first = earlier(first, counting(PolicyName.of(at.get())));
        }
        return first;
    }

    private static Optional<Halt> earlier(Optional<Halt> one, Optional<Halt> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().number() < other.get().number() ? one : other;
    }

    private Optional<Halt> counting(PolicyName name) {
        return Optional.ofNullable(names.get(name))
                .flatMap(NameEntry::halt)
                .filter(halt -> halt.counts(blockTime));
    }

    private Optional<NameEntry> entry(Hostname host) {
        return Optional.ofNullable(names.get(PolicyName.of(host)));
    }

    private static Optional<Hostname> parentOf(Optional<Hostname> host) {
        return host.flatMap(Hostname::parent);
    }

    private NavigableMap<PolicyName, DomainState> halted() {
        NavigableMap<PolicyName, DomainState> states = new TreeMap<>();
        unhalted.forEach(
                (name, state) ->
                        name.base().ifPresent(base -> states.put(name, underHalts(base, state))));
        return states;
    }

    /** Every halt that counts, and whether it stands: all that look-ups take from halts. */
    private Map<PolicyName, Boolean> standingHalts() {
        Map<PolicyName, Boolean> standing = new TreeMap<>();
        for (PolicyName name : names.keySet()) {
            counting(name).ifPresent(halt -> standing.put(name, halt.stands(blockTime)));
        }
        return standing;
    }

    private Map<PolicyName, Address> controllers() {
        Map<PolicyName, Address> controllers = new TreeMap<>();
        names.forEach((name, entry) -> entry.controller().ifPresent(c -> controllers.put(name, c)));
        return controllers;
    }
}
