package io.attestgate.proxy.bootstrap;

import io.attestgate.proxy.bootstrap.YamlValue.Entry;
import io.attestgate.proxy.bootstrap.YamlValue.Mapping;
import io.attestgate.proxy.bootstrap.YamlValue.Scalar;
import io.attestgate.proxy.bootstrap.YamlValue.Sequence;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One section of the file under reading: each key is taken once, and {@link #end} refuses what
 * nobody took.
 *
 * <p>Every verb adds the fault it finds and answers empty then, so that one reading finds them all.
 */
final class Section {
    /** Reads the text of a value; empty if it breaks the rule. */
    interface Reading<T> extends Function<Scalar, Optional<T>> {}

    private final String path;
    private final Position at;
    private final Faults faults;
    private final Map<String, Entry> untaken = new LinkedHashMap<>();
    private final Map<String, Entry> taken = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    private Section(String path, Mapping mapping, Faults faults) {
        this.path = path;
        this.at = mapping.at();
        this.faults = faults;
        for (Entry entry : mapping.entries()) {
            if (untaken.putIfAbsent(entry.key().text(), entry) != null) {
                faults.addQuoted(entry.key().at(), name(""), entry.key().text(), "each key once");
            }
        }
    }

    /** The section that {@code value} is; empty, with a fault, if it is none. */
    static Optional<Section> of(String path, YamlValue value, Faults faults) {
        if (value instanceof Mapping mapping) {
            return Optional.of(new Section(path, mapping, faults));
        }
        faults.add(value.at(), path.isEmpty() ? "file" : path, value.kind(), "a section");
        return Optional.empty();
    }

    /** The full name of a key here. */
    String name(String key) {
        String joined = path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
        return joined.isEmpty() ? "file" : joined;
    }

    /** Whether the key is there. To ask for it makes it a known one. */
    boolean has(String key) {
        known.add(key);
        return untaken.containsKey(key);
    }

    /** Whether the value of {@code key} is a section, so that nothing else need be said of it. */
    boolean isSection(String key) {
        Entry entry = untaken.get(key);
        return entry != null && entry.value() instanceof Mapping;
    }

    /** Refuses a list of more than so many. */
    void requireAtMost(String key, int found, int max) {
        if (found > max) {
            faults.add(at(key), name(key), Integer.toString(found), "at most " + max);
        }
    }

    /** A value that must be there. */
    <T> Optional<T> required(String key, String rule, Reading<T> reading) {
        return present(key, rule).flatMap(value -> read(name(key), value, rule, reading));
    }

    /** A value that may be absent; then {@code fallback}. A wrong one is a fault, and empty. */
    <T> Optional<T> optional(String key, T fallback, String rule, Reading<T> reading) {
        return has(key) ? required(key, rule, reading) : Optional.of(fallback);
    }

    /** Whether the value of {@code key} is that very word, which is then taken. */
    boolean takeWord(String key, String word) {
        Entry entry = untaken.get(key);
        boolean is = entry != null && entry.value() instanceof Scalar s && s.text().equals(word);
        if (is) {
            drop(key);
            known.add(key);
        }
        return is;
    }

    /** A list that must be there and not be empty. Items that break the rule are left out. */
    <T> List<T> list(String key, String rule, Reading<T> reading) {
        return items(key, rule).stream()
                .flatMap(item -> read(item.name(), item.value(), rule, reading).stream())
                .toList();
    }

    /** A section that must be there. */
    Optional<Section> section(String key) {
        return present(key, "a section").flatMap(value -> of(name(key), value, faults));
    }

    /** An item of a list with its name, such as {@code chain.rpc[0]}. */
    record Item(String name, YamlValue value) {}

    /** The items of a list that must be there and not be empty. */
    List<Item> items(String key, String rule) {
        Optional<YamlValue> value = present(key, "a list of " + rule);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof Sequence sequence) || sequence.items().isEmpty()) {
            String found = value.get() instanceof Sequence ? "an empty list" : value.get().kind();
            faults.add(value.get().at(), name(key), found, "a list of " + rule);
            return List.of();
        }
        List<YamlValue> items = sequence.items();
        return IntStream.range(0, items.size())
                .mapToObj(i -> new Item("%s[%d]".formatted(name(key), i), items.get(i)))
                .toList();
    }

    /** The entries of a section whose keys are data, not names; none is left untaken. */
    List<Entry> drain() {
        List<Entry> entries = List.copyOf(untaken.values());
        untaken.clear();
        return entries;
    }

    /** Takes a key whatever its value is. */
    void drop(String key) {
        Entry entry = untaken.remove(key);
        if (entry != null) {
            taken.put(key, entry);
        }
        known.remove(key);
    }

    /** Where the value of {@code key} stands, or else the section. */
    Position at(String key) {
        Entry entry = taken.getOrDefault(key, untaken.get(key));
        return entry == null ? at : entry.value().at();
    }

    /** Refuses every key that nobody took. */
    void end() {
        for (Entry entry : untaken.values()) {
            faults.addQuoted(
                    entry.key().at(),
                    name(""),
                    entry.key().text(),
                    "one of " + String.join(", ", known));
        }
    }

    private Optional<YamlValue> present(String key, String rule) {
        known.add(key);
        Entry entry = untaken.remove(key);
        if (entry == null) {
            faults.add(at, name(key), "absent", rule);
            return Optional.empty();
        }
        taken.put(key, entry);
        return Optional.of(entry.value());
    }

    private <T> Optional<T> read(String name, YamlValue value, String rule, Reading<T> reading) {
        if (!(value instanceof Scalar scalar) || scalar.isEmpty()) {
            faults.add(value.at(), name, value.kind(), rule);
            return Optional.empty();
        }
        Optional<T> result = reading.apply(scalar);
        if (result.isEmpty()) {
            faults.addQuoted(scalar.at(), name, scalar.text(), rule);
        }
        return result;
    }
}
