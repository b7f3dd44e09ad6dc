package io.attestgate.policy.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One effective value of a document, which knows what another value in its place means. */
sealed interface Facet {

    /** Each of which is trusted or allowed; more of them is wider. */
    record Members(Set<String> values) implements Facet {
        public Members {
            values = new TreeSet<>(values);
        }

        @Override
        public List<FieldChange> to(String path, Optional<Facet> after) {
            if (after.orElse(null) instanceof All all) {
                return List.of(change(path, toString(), all.words(), Direction.WIDENS));
            }
            Set<String> others =
                    after.orElse(null) instanceof Members members ? members.values : Set.of();
            List<FieldChange> changes = new ArrayList<>();
            for (String gone : values) {
                if (!others.contains(gone)) {
                    changes.add(
                            new FieldChange(
                                    path, Optional.of(gone), Optional.empty(), Direction.NARROWS));
                }
            }
            for (String come : others) {
                if (!values.contains(come)) {
                    changes.add(
                            new FieldChange(
                                    path, Optional.empty(), Optional.of(come), Direction.WIDENS));
                }
            }
            return changes;
        }

        @Override
        public String toString() {
            return String.join(", ", values);
        }
    }

    /** Whatever there is, which is wider than any list. */
    record All(String words) implements Facet {
        @Override
        public List<FieldChange> to(String path, Optional<Facet> after) {
            return after.orElse(null) instanceof All
                    ? List.of()
                    : List.of(
                            new FieldChange(
                                    path,
                                    Optional.of(words),
                                    after.map(Facet::toString),
                                    Direction.NARROWS));
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Which way an amount is wider. */
    enum Wider {
        MORE,
        LESS
    }

    /** A quantity, or a word that stands somewhere on a scale. */
    record Amount(long value, String spelt, Wider wider) implements Facet {
        @Override
        public List<FieldChange> to(String path, Optional<Facet> after) {
            if (!(after.orElse(null) instanceof Amount other)) {
                return List.of(
                        new FieldChange(
                                path,
                                Optional.of(spelt),
                                after.map(Facet::toString),
                                Direction.CHANGES));
            }
            boolean more = other.value > value;
            return other.value == value
                    ? List.of()
                    : List.of(
                            change(
                                    path,
                                    spelt,
                                    other.spelt,
                                    more == (wider == Wider.MORE)
                                            ? Direction.WIDENS
                                            : Direction.NARROWS));
        }

        @Override
        public String toString() {
            return spelt;
        }
    }

    /** Anything of which neither is wider. */
    record Word(String value) implements Facet {
        @Override
        public List<FieldChange> to(String path, Optional<Facet> after) {
            return after.filter(this::equals).isPresent()
                    ? List.of()
                    : List.of(
                            new FieldChange(
                                    path,
                                    Optional.of(value),
                                    after.map(Facet::toString),
                                    Direction.CHANGES));
        }

        @Override
        public String toString() {
            return value;
        }
    }

    /** What comes first, of things whose coming and going another facet tells. */
    record Order(List<String> values) implements Facet {
        public Order {
            values = List.copyOf(values);
        }

        @Override
        public List<FieldChange> to(String path, Optional<Facet> after) {
            if (!(after.orElse(null) instanceof Order other)) {
                return List.of();
            }
            List<String> mine = values.stream().filter(other.values::contains).toList();
            List<String> theirs = other.values.stream().filter(values::contains).toList();
            return mine.equals(theirs)
                    ? List.of()
                    : List.of(
                            change(
                                    path,
                                    String.join(", ", mine),
                                    String.join(", ", theirs),
                                    Direction.CHANGES));
        }
    }

    /** What changes where {@code after} comes in this one's place; empty where nothing does. */
    List<FieldChange> to(String path, Optional<Facet> after);

    /** What changes where {@code after} comes and there was nothing. */
    static List<FieldChange> fromNothing(String path, Facet after) {
        return switch (after) {
            case Members members -> new Members(Set.of()).to(path, Optional.of(members));
            case All all ->
                    List.of(
                            new FieldChange(
                                    path,
                                    Optional.empty(),
                                    Optional.of(all.words()),
                                    Direction.WIDENS));
            case Order order -> List.of();
            case Amount amount -> List.of(come(path, amount.spelt()));
            case Word word -> List.of(come(path, word.value()));
        };
    }

    private static FieldChange come(String path, String value) {
        return new FieldChange(path, Optional.empty(), Optional.of(value), Direction.CHANGES);
    }

    private static FieldChange change(
            String path, String before, String after, Direction direction) {
        return new FieldChange(path, Optional.of(before), Optional.of(after), direction);
    }
}
