package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.DomainDocument;
import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.PolicyDocuments;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.wire.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the next snapshot of the one before and of a reading. Depends on nothing else: what ends by
 * the clock is left to whoever serves.
 *
 * <h2>How a bad document is survived</h2>
 *
 * <ol>
 *   <li>A newest document that is not well-formed, or that widens what the gateway's allows, is
 *       bad. Its name keeps the last good one until the hard staleness bound after the block that
 *       proved the bad one, then it is unusable.
 *   <li>The last good one is held against the gateway's document of now, and only what both allow
 *       is kept: what the gateway takes back is gone at once.
 *   <li>A gateway's document that is bad is survived likewise, for all names together.
 *   <li>A document that does not accept this very platform is good, and obeyed: nothing is served.
 * </ol>
 */
public final class SnapshotBuilder {
    private final Enforcer enforcer;

    public SnapshotBuilder(Enforcer enforcer) {
        this.enforcer = enforcer;
    }

    /**
     * The snapshot of {@code reading}, which permits nothing before {@link Snapshot#on}.
     *
     * @param before the one that was made last; empty after a start
     */
    public Snapshot next(Optional<Snapshot> before, PolicyReading reading) {
        Optional<Snapshot> same = before.filter(snapshot -> snapshot.holdsFor(reading.names()));
        if (same.isPresent()) {
            return same.get().at(reading.point());
        }
        Memory memory = before.map(Snapshot::memory).orElse(Memory.NONE);
        return new Building(memory, reading).snapshot(before);
    }

    /** One snapshot in the making; one thread. */
    private final class Building {
        private final Memory memory;
        private final PolicyReading reading;
        private final Instant blockTime;
        private final Map<PolicyName, Remembered<DomainDocument>> remembered = new HashMap<>();
        private final NavigableMap<PolicyName, DomainState> states = new TreeMap<>();

        Building(Memory memory, PolicyReading reading) {
            this.memory = memory;
            this.reading = reading;
            this.blockTime = reading.point().blockTime();
        }

        Snapshot snapshot(Optional<Snapshot> before) {
            Optional<Remembered<GatewayDocument>> gateway = rememberGateway();
            GatewayInForce inForce = inForce(gateway);
            reading.names().forEach((name, entry) -> add(inForce, name, entry));
            DomainTable table = new DomainTable(reading, states);
            return new Snapshot(
                    reading.point(),
                    inForce,
                    inForce.document()
                            .map(good -> enforcer.heartbeatDuty(good.document()))
                            .orElse(HeartbeatDuty.NONE),
                    before.map(Snapshot::table).filter(table::answersAs).orElse(table),
                    new Memory(gateway, remembered));
        }

        private Optional<Remembered<GatewayDocument>> rememberGateway() {
            return document(reading.names().get(PolicyName.GATEWAY)).map(this::judgeGateway);
        }

        private Remembered<GatewayDocument> judgeGateway(StoredDocument stored) {
            Remembered<GatewayDocument> next =
                    Remembered.next(memory.gateway(), stored, PolicyDocuments::parseGateway);
            if (next.candidate().isPresent()) {
                return next.withGood();
            }
            return next.good()
                    .map(good -> next.withBad(blockTime, good.document().staleness().hard()))
                    .orElse(next);
        }

        private GatewayInForce inForce(Optional<Remembered<GatewayDocument>> gateway) {
            if (gateway.isEmpty()) {
                return new GatewayInForce.None(
                        List.of(new Fault("$", "nothing", "a document of the gateway")));
            }
            Remembered<GatewayDocument> known = gateway.get();
            List<Fault> faults = known.parsed().faults();
            Optional<Hashed<GatewayDocument>> good = known.lastGood(blockTime);
            if (good.isEmpty()) {
                return new GatewayInForce.None(faults);
            }
            List<Fault> refusals = enforcer.refusalsBy(good.get().document());
            if (!refusals.isEmpty()) {
                return new GatewayInForce.None(refusals);
            }
            return known.until()
                    .<GatewayInForce>map(
                            until -> new GatewayInForce.LastGood(good.get(), until, faults))
                    .orElseGet(() -> new GatewayInForce.Good(good.get()));
        }

        private void add(GatewayInForce gateway, PolicyName name, NameEntry entry) {
            if (name.isGateway()) {
                return;
            }
            if (entry.status() == NameEntry.Status.WITHDRAWN) {
                states.put(name, new DomainState.Withdrawn());
            }
            document(entry).ifPresent(stored -> states.put(name, judge(gateway, name, stored)));
        }

        private DomainState judge(GatewayInForce gateway, PolicyName name, StoredDocument stored) {
            Remembered<DomainDocument> next =
                    Remembered.next(
                            memory.domain(name),
                            stored,
                            bytes -> PolicyDocuments.parseDomain(name, bytes));
            if (gateway.document().isEmpty()) {
                remembered.put(name, next);
                return new DomainState.Unusable(gateway.faults());
            }
            Hashed<GatewayDocument> within = gateway.document().get();
            List<Fault> faults = faults(next, within);
            Remembered<DomainDocument> judged =
                    faults.isEmpty()
                            ? next.withGood()
                            : next.withBad(blockTime, within.document().staleness().hard());
            remembered.put(name, judged);
            return state(gateway, judged, faults);
        }

        private static List<Fault> faults(
                Remembered<DomainDocument> next, Hashed<GatewayDocument> gateway) {
            return next.candidate()
                    .map(candidate -> EffectivePolicy.of(candidate, gateway).widenings())
                    .orElse(next.parsed().faults());
        }

        private DomainState state(
                GatewayInForce gateway, Remembered<DomainDocument> judged, List<Fault> faults) {
            Optional<Hashed<DomainDocument>> good = judged.lastGood(blockTime);
            if (good.isEmpty()) {
                return new DomainState.Unusable(faults);
            }
            List<Fault> refusals = enforcer.refusalsBy(good.get().document());
            Optional<DomainPolicy> policy =
                    EffectivePolicy.of(good.get(), gateway.document().orElseThrow()).policy();
            if (!refusals.isEmpty() || policy.isEmpty()) {
                return new DomainState.Unusable(refusals.isEmpty() ? faults : refusals);
            }
            Optional<Instant> until = earlier(judged.until(), gateway.until());
            List<Fault> all = new ArrayList<>(faults);
            all.addAll(gateway.faults());
            return until.<DomainState>map(end -> new DomainState.LastGood(policy.get(), end, all))
                    .orElseGet(() -> new DomainState.Live(policy.get()));
        }

        private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
            if (one.isEmpty() || other.isEmpty()) {
                return one.or(() -> other);
            }
            return one.get().isBefore(other.get()) ? one : other;
        }

        private static Optional<StoredDocument> document(@Nullable NameEntry entry) {
            return Optional.ofNullable(entry).flatMap(NameEntry::document);
        }
    }
}
