package io.attestgate.verify.cbor;

import io.attestgate.verify.evidence.Octets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A data item (RFC 8949 §2) of the types that evidence has. There are no floating-point numbers, no
 * {@code undefined} and no simple values beside booleans and null.
 */
public sealed interface Cbor {

    /** A whole number of 64 bits with its sign: major types 0 and 1, as far as Java holds them. */
    record Int(long value) implements Cbor {}

    /** A byte string: major type 2. */
    record Bytes(Octets value) implements Cbor {
        public static Bytes of(byte[] bytes) {
            return new Bytes(Octets.of(bytes));
        }
    }

    /** A text string: major type 3. */
    record Text(String value) implements Cbor {}

    /** An array: major type 4. */
    record Arr(List<Cbor> elements) implements Cbor {
        public Arr {
            elements = List.copyOf(elements);
        }

        public static Arr of(Cbor... elements) {
            return new Arr(List.of(elements));
        }
    }

    /**
     * A map: major type 5, in the order it was read or put.
     *
     * @param entries keys are distinct, and each is an {@link Int} or a {@link Text}
     */
    record Pairs(Map<Cbor, Cbor> entries) implements Cbor {
        public Pairs {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** The value under that text. */
        public Optional<Cbor> get(String key) {
            return Optional.ofNullable(entries.get(new Text(key)));
        }

        /** The value under that number. */
        public Optional<Cbor> get(long key) {
            return Optional.ofNullable(entries.get(new Int(key)));
        }
    }

    /** An item under a tag: major type 6. */
    record Tagged(long tag, Cbor content) implements Cbor {}

    /** {@code true} or {@code false}. */
    record Bool(boolean value) implements Cbor {}

    /** {@code null}. */
    record Null() implements Cbor {}

    /** Bytes under a text string's name and so on, in turn: a map for writing. */
    static Pairs pairs(Object... namesAndValues) {
        Map<Cbor, Cbor> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            entries.put(new Text((String) namesAndValues[i]), (Cbor) namesAndValues[i + 1]);
        }
        return new Pairs(entries);
    }

    /** What type this item has, in the words of RFC 8949. */
    default String kind() {
        return switch (this) {
            case Int i -> "integer";
            case Bytes b -> "byte string";
            case Text t -> "text string";
            case Arr a -> "array";
            case Pairs p -> "map";
            case Tagged t -> "tag " + Long.toUnsignedString(t.tag());
            case Bool b -> "boolean";
            case Null n -> "null";
        };
    }
}
