package io.attestgate.policy.document;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One value of a document and where it stands. Each reader gives the value, or notes a fault and
 * gives nothing, so that one pass finds every fault.
 *
 * @param json the value
 * @param path its JSON path
 * @param faults where faults are noted; one list per document
 */
record Node(Json json, String path, List<Fault> faults) {

    /** The members, if it is an object. */
    Fields fields() {
        if (json instanceof Json.Obj object) {
            return new Fields(object, path, faults);
        }
        fault("an object");
        return Fields.absent(path);
    }

    Optional<String> text(String expected, Predicate<String> rule) {
        if (json instanceof Json.Text text && rule.test(text.value())) {
            return Optional.of(text.value());
        }
        return fault(expected);
    }

    /** A text that {@code parse} understands. */
    <T> Optional<T> parsed(String expected, Function<String, Optional<T>> parse) {
        Optional<T> value =
                json instanceof Json.Text text ? parse.apply(text.value()) : Optional.empty();
        return value.isPresent() ? value : fault(expected);
    }

    Optional<Boolean> bool() {
        return json instanceof Json.Bool bool ? Optional.of(bool.value()) : fault("true or false");
    }

    Optional<Integer> integer(int min, int max) {
        if (json instanceof Json.Int number && number.value() >= min && number.value() <= max) {
            return Optional.of(Math.toIntExact(number.value()));
        }
        return fault("an integer from %d to %d".formatted(min, max));
    }

    /** A duration in milliseconds or a size in bytes, from {@code min} to {@code max}. */
    Optional<Long> quantity(Bound.Unit unit, Bound.Range range) {
        boolean duration = unit == Bound.Unit.DURATION;
        OptionalLong value =
                json instanceof Json.Text text
                        ? duration
                                ? Quantity.parseDuration(text.value())
                                : Quantity.parseSize(text.value())
                        : OptionalLong.empty();
        if (value.isEmpty()) {
            return fault(duration ? Quantity.DURATION_FORM : Quantity.SIZE_FORM);
        }
        if (value.getAsLong() < range.min() || value.getAsLong() > range.max()) {
            return fault(
                    duration
                            ? "%s to %s"
                                    .formatted(
                                            Quantity.writeDuration(range.min()),
                                            Quantity.writeDuration(range.max()))
                            : "%s to %s"
                                    .formatted(
                                            Quantity.writeSize(range.min()),
                                            Quantity.writeSize(range.max())));
        }
        return Optional.of(value.getAsLong());
    }

    /** One of the words of {@code choice}, all of which this release enforces. */
    <E extends Enum<E> & Spelled> Optional<E> word(Class<E> choice) {
        E[] words = choice.getEnumConstants();
        return parsed(
                "one that this release enforces: "
                        + Arrays.stream(words)
                                .map(Spelled::spelling)
                                .collect(Collectors.joining(", ")),
                text -> Arrays.stream(words).filter(w -> w.spelling().equals(text)).findFirst());
    }

    /** {@code min} to {@code max} elements, all of them good and no two the same. */
    <T> Optional<List<T>> list(int min, int max, Function<Node, Optional<T>> element) {
        if (!(json instanceof Json.Arr array)
                || array.elements().size() < min
                || array.elements().size() > max) {
            return fault("a list of %d to %d".formatted(min, max));
        }
        List<T> values = new ArrayList<>();
        Set<Json> seen = new HashSet<>();
        for (int i = 0; i < array.elements().size(); i++) {
            Node node = new Node(array.elements().get(i), path + "[" + i + "]", faults);
            if (!seen.add(node.json())) {
                node.fault("each once");
            }
            element.apply(node).ifPresent(values::add);
        }
        return values.size() == array.elements().size() ? Optional.of(values) : Optional.empty();
    }

    /** {@link #list} whose order means nothing. */
    <T> Optional<Set<T>> set(int max, Function<Node, Optional<T>> element) {
        return list(1, max, element).map(Set::copyOf);
    }

    /** Notes that this value is not as {@code expected}. */
    <T> Optional<T> fault(String expected) {
        faults.add(
                switch (json) {
                    case Json.Text text -> Fault.quoted(path, text.value(), expected);
                    case Json.Int number ->
                            new Fault(path, Long.toString(number.value()), expected);
                    case Json.Bool bool ->
                            new Fault(path, Boolean.toString(bool.value()), expected);
                    case Json.Arr array ->
                            new Fault(path, "array of " + array.elements().size(), expected);
                    case Json.Obj object -> new Fault(path, object.kind(), expected);
                    case Json.Null none -> new Fault(path, none.kind(), expected);
                });
        return Optional.empty();
    }
}
