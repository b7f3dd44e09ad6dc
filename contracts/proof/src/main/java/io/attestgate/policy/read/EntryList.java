package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The entries of names, four slots each. */
record EntryList(PolicyLayout layout, Storage storage, ReadingListener listener) {
    private static final int NAMES_PER_CALL =
            ProvenContract.SLOTS_PER_CALL / PolicyLayout.ENTRY_SLOTS;

    /** The entry of each, in the same order. */
    List<StoredEntry> read(List<PolicyName> names) throws PolicyReadException {
        List<StoredEntry> entries = new ArrayList<>();
        for (int from = 0; from < names.size(); from += NAMES_PER_CALL) {
            entries.addAll(
                    some(names.subList(from, Math.min(names.size(), from + NAMES_PER_CALL))));
            listener.proven(ReadingListener.Part.ENTRIES, entries.size(), names.size());
        }
        return entries;
    }

    /** The newest halt of each that has one; a slot a name. */
    Map<PolicyName, Halt> halts(List<PolicyName> names) throws PolicyReadException {
        List<Hash32> slots =
                names.stream().map(name -> layout.entry(name, layout.halt.number())).toList();
        List<Hash32> words = storage.words(slots);
        Map<PolicyName, Halt> halts = new TreeMap<>();
        for (int i = 0; i < words.size(); i++) {
            PolicyName name = names.get(i);
            StoredEntry.halt(layout, new Word(words.get(i)))
                    .ifPresent(halt -> halts.put(name, halt));
        }
        return halts;
    }

    private List<StoredEntry> some(List<PolicyName> names) throws PolicyReadException {
        List<Hash32> slots = new ArrayList<>();
        for (PolicyName name : names) {
            for (int offset = 0; offset < PolicyLayout.ENTRY_SLOTS; offset++) {
                slots.add(layout.entry(name, offset));
            }
        }
        List<Word> words = storage.words(slots).stream().map(Word::new).toList();
        List<StoredEntry> entries = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int from = i * PolicyLayout.ENTRY_SLOTS;
            List<Word> entry = words.subList(from, from + PolicyLayout.ENTRY_SLOTS);
            entries.add(StoredEntry.of(layout, names.get(i), entry));
        }
        return entries;
    }
}
