package io.attestgate.verify.evidence;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One value of a policy's JSON with its path, read as what it must be; anything else is a fault
 * that names the path.
 *
 * @param path such as {@code $.snp.floors}
 */
public record PolicyField(String path, Json json) {
    /** This, if it is an object that has exactly those members. */
    public PolicyField exactly(Set<String> names) throws MalformedException {
        return exactly(names, Set.of());
    }

    /** This, if it is an object that has all of the first members, and others of the second. */
    PolicyField exactly(Set<String> required, Set<String> optional) throws MalformedException {
        Set<String> names = members().keySet();
        Stream<String> unknown =
                names.stream()
                        .filter(name -> !required.contains(name) && !optional.contains(name))
                        .map(name -> "unknown " + Fault.quote(name));
        Stream<String> missing =
                required.stream()
                        .filter(name -> !names.contains(name))
                        .sorted()
                        .map(name -> "missing " + Fault.quote(name));
        String wrong = Stream.concat(unknown, missing).collect(Collectors.joining(", "));
        if (!wrong.isEmpty()) {
            String rule = "an object with exactly " + sorted(required);
            String more = optional.isEmpty() ? "" : ", and any of " + sorted(optional);
            throw new MalformedException(path, wrong, rule + more);
        }
        return this;
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }

    /** That member of an object. */
    public PolicyField member(String name) throws MalformedException {
        PolicyField member = members().get(name);
        if (member == null) {
            throw new MalformedException(
                    path, "missing " + Fault.quote(name), "an object with " + name);
        }
        return member;
    }

    /** The fields of an object, whatever their names. */
    public Map<String, PolicyField> members() throws MalformedException {
        if (!(json instanceof Json.Obj object)) {
            throw malformed("an object");
        }
        Map<String, PolicyField> members = new LinkedHashMap<>();
        object.members()
                .forEach(
                        (name, value) ->
                                members.put(
                                        name, new PolicyField(Fault.member(path, name), value)));
        return members;
    }

    /** The elements of an array. */
    public List<PolicyField> elements() throws MalformedException {
        if (!(json instanceof Json.Arr array)) {
            throw malformed("an array");
        }
        List<PolicyField> elements = new ArrayList<>();
        for (Json element : array.elements()) {
            elements.add(new PolicyField(path + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    /** A text. */
    public String text() throws MalformedException {
        if (!(json instanceof Json.Text text)) {
            throw malformed("a text");
        }
        return text.value();
    }

    /** Texts, each once. */
    public Set<String> texts() throws MalformedException {
        Set<String> texts = new HashSet<>();
        for (PolicyField element : elements()) {
            if (!texts.add(element.text())) {
                throw element.malformed("each text once");
            }
        }
        return texts;
    }

    /** An integer of {@code min} to {@code max}. */
    public long integer(long min, long max) throws MalformedException {
        if (json instanceof Json.Int number && number.value() >= min && number.value() <= max) {
            return number.value();
        }
        throw malformed("an integer of %d to %d".formatted(min, max));
    }

    /** {@code true} or {@code false}. */
    public boolean bool() throws MalformedException {
        if (!(json instanceof Json.Bool bool)) {
            throw malformed("true or false");
        }
        return bool.value();
    }

    /** {@code 0x} and 64 digits, or one of those names. */
    public Hash32 hash(Map<String, Hash32> named) throws MalformedException {
        String text = text();
        return Optional.ofNullable(named.get(text))
                .or(() -> Hash32.parse(text))
                .orElseThrow(
                        () ->
                                malformed(
                                        "0x and 64 digits"
                                                + (named.isEmpty()
                                                        ? ""
                                                        : ", or one of "
                                                                + sorted(named.keySet()))));
    }

    /** A positive duration of at most {@code max}, as documents spell them: {@code 90s}. */
    public Duration duration(Duration max) throws MalformedException {
        Optional<Duration> duration = PolicyDuration.parse(text());
        if (duration.isEmpty() || duration.get().compareTo(max) > 0) {
            throw malformed(
                    "a duration such as 90s, 15m, 8h or 7d, at most " + PolicyDuration.spell(max));
        }
        return duration.get();
    }

    /** An instant of RFC 3339. */
    public Instant instant() throws MalformedException {
        try {
            return Instant.parse(text());
        } catch (DateTimeException e) {
            throw malformed("an instant such as 2027-01-01T00:00:00Z");
        }
    }

    /** A constant, spelt in lower case with hyphens. */
    public <E extends Enum<E>> E constant(Class<E> type) throws MalformedException {
        for (E one : EnumSet.allOf(type)) {
            if (json.equals(new Json.Text(spelling(one)))) {
                return one;
            }
        }
        throw malformed(
                "one of " + EnumSet.allOf(type).stream().map(PolicyField::spelling).toList());
    }

    /** Constants, each once. */
    public <E extends Enum<E>> Set<E> constants(Class<E> type) throws MalformedException {
        Set<E> all = EnumSet.noneOf(type);
        for (PolicyField element : elements()) {
            if (!all.add(element.constant(type))) {
                throw element.malformed("each once");
            }
        }
        return all;
    }

    private static String spelling(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Says what should have been here. */
    public MalformedException malformed(String expected) {
        return new MalformedException(Fault.of(path, json, expected));
    }

    /** Says which names there could have been in place of this one of an object's. */
    public MalformedException unknown(String name, String expected) {
        return new MalformedException(path, "unknown " + Fault.quote(name), expected);
    }
}
