package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.Halt;
import io.attestgate.policy.read.NameEntry;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Halts that a justified block has and the newest final one does not have yet. They only ever take
 * away: see {@link Snapshot#on}.
 *
 * @param halts by the name that was halted
 * @param time of the newest block that any of them was proven at
 */
public record EarlyHalts(Map<PolicyName, Halt> halts, Instant time) {
    public static final EarlyHalts NONE = new EarlyHalts(Map.of(), Instant.MIN);

    public EarlyHalts {
        halts = Collections.unmodifiableMap(new TreeMap<>(halts));
    }

    /** Those that are newer than what {@code names} hold; a lift is no halt and takes no part. */
    EarlyHalts newerThan(Map<PolicyName, NameEntry> names) {
        Map<PolicyName, Halt> newer = new TreeMap<>(halts);
        newer.entrySet().removeIf(early -> early.getValue().number() <= numberOf(names, early));
        return new EarlyHalts(newer, time);
    }

    private static long numberOf(
            Map<PolicyName, NameEntry> names, Map.Entry<PolicyName, Halt> early) {
        return Optional.ofNullable(names.get(early.getKey()))
                .flatMap(NameEntry::halt)
                .map(Halt::number)
                .orElse(-1L);
    }

    /** The entries with these halts in place of their own; nothing else of any entry changes. */
    NavigableMap<PolicyName, NameEntry> over(NavigableMap<PolicyName, NameEntry> names) {
        NavigableMap<PolicyName, NameEntry> over = new TreeMap<>(names);
        halts.forEach((name, halt) -> over.merge(name, listed(halt), EarlyHalts::withHaltOf));
        return over;
    }

    private static NameEntry listed(Halt halt) {
        return new NameEntry(
                NameEntry.Status.LISTED, Optional.empty(), Optional.empty(), Optional.of(halt));
    }

    private static NameEntry withHaltOf(NameEntry entry, NameEntry halted) {
        return new NameEntry(entry.status(), entry.document(), entry.controller(), halted.halt());
    }
}
