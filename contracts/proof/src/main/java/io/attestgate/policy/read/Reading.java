package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the registry from its storage at one block: the list of names, the entry of each, the
 * documents that entries name; all of it, or what changed.
 */
final class Reading {
    private final NameList names;
    private final EntryList entries;
    private final Documents documents;

    Reading(PolicyLayout layout, Storage storage, Documents documents, ReadingListener listener) {
        this.names = new NameList(layout, storage, listener);
        this.entries = new EntryList(layout, storage, listener);
        this.documents = documents;
    }

    /**
     * Every name with all that is known of it.
     *
     * @param known the first names of the list, as read before: it only grows
     * @param count how many names there are now
     */
    Registry all(List<PolicyName> known, int count) throws PolicyReadException {
        List<PolicyName> listed = listed(known, count);
        return new Registry(listed, read(listed));
    }

    /**
     * As {@link #all}, reading only the names that changed since {@code before}.
     *
     * @param changed the hashes of all names that changed
     */
    Registry changed(Registry before, int count, Set<Hash32> changed) throws PolicyReadException {
        List<PolicyName> listed = listed(before.listed(), count);
        NavigableMap<PolicyName, NameEntry> entries = new TreeMap<>(before.entries());
        entries.putAll(read(among(listed, changed, before.listed().size())));
        if (entries.size() != listed.size()) {
            throw twice(Integer.toString(listed.size() - entries.size()));
        }
        return new Registry(listed, entries);
    }

    /** The newest halt of each name that changed and has one. */
    Map<PolicyName, Halt> changedHalts(Registry before, int count, Set<Hash32> changed)
            throws PolicyReadException {
        List<PolicyName> listed = listed(before.listed(), count);
        return entries.halts(among(listed, changed, before.listed().size()));
    }

    /** The newest halt of every name that has one. */
    Map<PolicyName, Halt> allHalts(Registry before, int count) throws PolicyReadException {
        return entries.halts(listed(before.listed(), count));
    }

    private List<PolicyName> listed(List<PolicyName> known, int count) throws PolicyReadException {
        if (count < known.size()) {
            throw Contradiction.of(
                    "number of names", Integer.toString(count), "at least " + known.size());
        }
        List<PolicyName> listed = new ArrayList<>(known);
        listed.addAll(names.read(known.size(), count));
        return listed;
    }

    /** The names of those hashes, and all from number {@code newFrom} on. */
    private static List<PolicyName> among(List<PolicyName> listed, Set<Hash32> hashes, int newFrom)
            throws PolicyReadException {
        List<PolicyName> names = new ArrayList<>();
        Set<Hash32> unknown = new HashSet<>(hashes);
        for (int i = 0; i < listed.size(); i++) {
            boolean changed = unknown.remove(listed.get(i).hash());
            if (changed || i >= newFrom) {
                names.add(listed.get(i));
            }
        }
        if (!unknown.isEmpty()) {
            throw Contradiction.of(
                    "name that changed", unknown.iterator().next() + "", "one in the list");
        }
        return names;
    }

    private NavigableMap<PolicyName, NameEntry> read(List<PolicyName> wanted)
            throws PolicyReadException {
        List<StoredEntry> stored = entries.read(wanted);
        Map<Hash32, Address> places = new HashMap<>();
        for (StoredEntry entry : stored) {
            entry.document().ifPresent(at -> places.put(entry.documentHash(), at));
        }
        Map<Hash32, StoredDocument> found = documents.find(places);
        NavigableMap<PolicyName, NameEntry> read = new TreeMap<>();
        for (StoredEntry entry : stored) {
            if (read.put(entry.name(), entry.entry(found)) != null) {
                throw twice(entry.name().value());
            }
        }
        return read;
    }

    private static PolicyReadException twice(String name) {
        return Contradiction.of("name", name, "each name once in the list");
    }
}
