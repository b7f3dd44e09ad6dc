package io.attestgate.proxy.bootstrap;

import java.util.List;

/** A value of the file with its place: YAML without anchors, aliases, tags and directives. */
sealed interface YamlValue {
    /** Where it begins. */
    Position at();

    /** Text, a number, a word: what it means is for the reader of its key to say. */
    record Scalar(Position at, String text, boolean isPlain) implements YamlValue {
        /** Whether the key has no value at all: {@code key:} and nothing behind it. */
        boolean isEmpty() {
            return isPlain && text.isEmpty();
        }
    }

    record Sequence(Position at, List<YamlValue> items) implements YamlValue {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Keys in the file's order; a key that stands twice stands here twice. */
    record Mapping(Position at, List<Entry> entries) implements YamlValue {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    record Entry(Scalar key, YamlValue value) {}

    /** What it is, in a word for messages. */
    default String kind() {
        return switch (this) {
            case Scalar scalar -> scalar.isEmpty() ? "nothing" : "a value";
            case Sequence _ -> "a list";
            case Mapping _ -> "a section";
        };
    }
}
