package io.attestgate.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value (RFC 8259) as this project writes and reads it: numbers are whole and exact in every
 * language, so between {@code -(2^53 - 1)} and {@code 2^53 - 1} (RFC 7493 §2.2).
 */
public sealed interface Json {
    /** The largest whole number that every JSON implementation holds exactly: 2^53 - 1. */
    long INTEGER_MAX = (1L << 53) - 1;

    /** Members in the order they were read or put; names are distinct. */
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        /** The member of that name. */
        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name));
        }
    }

    /** Elements in order. */
    record Arr(List<Json> elements) implements Json {
        public Arr {
            elements = List.copyOf(elements);
        }

        public static Arr of(List<String> texts) {
            return new Arr(texts.stream().<Json>map(Text::new).toList());
        }
    }

    /** A string of Unicode scalar values. */
    record Text(String value) implements Json {}

    /** A whole number within {@link #INTEGER_MAX}. */
    record Int(long value) implements Json {
        public Int {
            if (value > INTEGER_MAX || value < -INTEGER_MAX) {
                throw new IllegalArgumentException(
                        "integer: %d (expected: at most 2^53 - 1)".formatted(value));
            }
        }
    }

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Json {}

    /** {@code null}. */
    record Null() implements Json {}

    /** An object of names and values in turn, for writing. */
    static Obj object(Object... namesAndValues) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], of(namesAndValues[i + 1]));
        }
        return new Obj(members);
    }

    private static Json of(Object value) {
        return switch (value) {
            case Json json -> json;
            case String text -> new Text(text);
            case Boolean bool -> new Bool(bool);
            case Integer number -> new Int(number);
            case Long number -> new Int(number);
            default ->
                    throw new IllegalArgumentException(
                            "value: %s (expected: Json, String, Boolean, Integer or Long)"
                                    .formatted(value.getClass()));
        };
    }

    /** What kind of value this is, in JSON's own word. */
    default String kind() {
        return switch (this) {
            case Obj o -> "object";
            case Arr a -> "array";
            case Text t -> "string";
            case Int i -> "integer";
            case Bool b -> "boolean";
            case Null n -> "null";
        };
    }
}
