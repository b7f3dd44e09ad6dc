package io.attestgate.wire;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What reading bytes of a peer gave: the value, or every fault that was found.
 *
 * @param <T> what was to be read
 */
public sealed interface Parsed<T> {

    /** The bytes were right in every respect that {@code T} promises. */
    record Good<T>(T value) implements Parsed<T> {}

    /** They were not; at least one fault says why. */
    record Bad<T>(List<Fault> faults) implements Parsed<T> {
        public Bad {
            faults = List.copyOf(faults);
            if (faults.isEmpty()) {
                throw new IllegalArgumentException("faults: none (expected: at least one)");
            }
        }
    }

    static <T> Parsed<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Parsed<T> bad(Fault fault) {
        return new Bad<>(List.of(fault));
    }

    /** The value, if it is good. */
    default Optional<T> toOptional() {
        return switch (this) {
            case Good<T> good -> Optional.of(good.value());
            case Bad<T> bad -> Optional.empty();
        };
    }

    /** The faults; empty if it is good. */
    default List<Fault> faults() {
        return switch (this) {
            case Good<T> good -> List.of();
            case Bad<T> bad -> bad.faults();
        };
    }

    /** Reads on, if this much was good. */
    default <R> Parsed<R> then(Function<T, Parsed<R>> next) {
        return switch (this) {
            case Good<T> good -> next.apply(good.value());
            case Bad<T> bad -> new Bad<>(bad.faults());
        };
    }
}
