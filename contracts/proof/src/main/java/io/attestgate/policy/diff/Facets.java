package io.attestgate.policy.diff;

import io.attestgate.policy.document.Bound;
import io.attestgate.policy.document.Bounds;
import io.attestgate.policy.document.Hsts;
import io.attestgate.policy.document.Spelled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The effective values of one document by their paths, in the order of the reference. */
final class Facets {
    private final Map<String, Facet> byPath = new LinkedHashMap<>();

    Facets put(String path, Facet facet) {
        byPath.put(path, facet);
        return this;
    }

    Facets members(String path, Collection<String> values) {
        return put(path, new Facet.Members(Set.copyOf(values)));
    }

    Facets words(String path, Collection<? extends Spelled> values) {
        return members(path, values.stream().map(Spelled::spelling).collect(Collectors.toSet()));
    }

    Facets word(String path, String value) {
        return put(path, new Facet.Word(value));
    }

    Facets order(String path, List<String> values) {
        return put(path + " in order", new Facet.Order(values));
    }

    Facets duration(String path, Duration value, Facet.Wider wider) {
        return put(
                path,
                new Facet.Amount(value.toMillis(), Bound.TOTAL.write(value.toMillis()), wider));
    }

    /** A choice whose words stand in the order of what they give away. */
    <E extends Enum<E> & Spelled> Facets scale(String path, E word) {
        int place = List.of(word.getDeclaringClass().getEnumConstants()).indexOf(word);
        return put(path, new Facet.Amount(place, word.spelling(), Facet.Wider.MORE));
    }

    Facets flag(String path, boolean value, Facet.Wider wider) {
        return put(path, new Facet.Amount(value ? 1 : 0, Boolean.toString(value), wider));
    }

    /** Every bound that is written in {@code bounds}. */
    Facets bounds(String path, Bounds bounds) {
        for (Bound bound : Bound.values()) {
            bounds.get(bound)
                    .ifPresent(
                            value ->
                                    put(
                                            path + "." + bound.path(),
                                            new Facet.Amount(
                                                    value, bound.write(value), Facet.Wider.MORE)));
        }
        return this;
    }

    /** A browser that may use plain http again is the wider side. */
    Facets hsts(String path, Hsts hsts) {
        return duration(path + ".maxAge", hsts.maxAge(), Facet.Wider.LESS)
                .flag(path + ".includeSubdomains", hsts.includeSubdomains(), Facet.Wider.LESS)
                .word(path + ".preload", Boolean.toString(hsts.preload()));
    }

    /** These without the values at or below any of these paths. */
    Facets without(Collection<String> paths) {
        Facets fewer = new Facets();
        byPath.forEach(
                (path, facet) -> {
                    if (paths.stream().noneMatch(above -> isWithin(path, above))) {
                        fewer.put(path, facet);
                    }
                });
        return fewer;
    }

    /** Takes what {@code defaults} have and these lack. */
    void fill(Facets defaults) {
        defaults.byPath.forEach(byPath::putIfAbsent);
    }

    /** Everything that differs in {@code after}. */
    List<FieldChange> to(Facets after) {
        List<FieldChange> changes = new ArrayList<>();
        byPath.forEach(
                (path, facet) ->
                        changes.addAll(
                                facet.to(path, Optional.ofNullable(after.byPath.get(path)))));
        after.byPath.forEach(
                (path, facet) -> {
                    if (!byPath.containsKey(path)) {
                        changes.addAll(Facet.fromNothing(path, facet));
                    }
                });
        return changes;
    }

    /** Whether there is a value at that path of a document, or below it. */
    boolean cover(String at) {
        return byPath.keySet().stream().anyMatch(path -> isWithin(path, at));
    }

    private static boolean isWithin(String path, String above) {
        return path.startsWith(above)
                && (path.length() == above.length()
                        || ".[ ".indexOf(path.charAt(above.length())) >= 0);
    }
}
