package io.attestgate.policy.document;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The bounds that one place of a document writes; some, all or none of them. */
public record Bounds(Map<Bound, Long> values) {
    /** Writes nothing. */
    public static final Bounds NONE = new Bounds(Map.of());

    /** What holds for a domain where no document says anything. */
    public static final Bounds USUAL = all(Bound.Usual::value);

    /** What a domain may write at most where the gateway's document says nothing. */
    public static final Bounds USUAL_CEILINGS = all(Bound.Usual::ceiling);

    public Bounds {
        Map<Bound, Long> copy = new EnumMap<>(Bound.class);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    /** The value of {@code bound} as written here. */
    public Optional<Long> get(Bound bound) {
        return Optional.ofNullable(values.get(bound));
    }

    /** These, and where nothing is written those of {@code base}. */
    public Bounds over(Bounds base) {
        Map<Bound, Long> both = new EnumMap<>(Bound.class);
        both.putAll(base.values);
        both.putAll(values);
        return new Bounds(both);
    }

    /** These, each no more than the {@code ceilings}, which write every bound. */
    public Bounds within(Bounds ceilings) {
        Map<Bound, Long> clamped = new EnumMap<>(Bound.class);
        values.forEach((bound, value) -> clamped.put(bound, Math.min(value, ceilings.of(bound))));
        return new Bounds(clamped);
    }

    /** Those that are more than the {@code ceilings}, which write every bound. */
    public Set<Bound> exceeding(Bounds ceilings) {
        Set<Bound> more = EnumSet.noneOf(Bound.class);
        values.forEach(
                (bound, value) -> {
                    if (value > ceilings.of(bound)) {
                        more.add(bound);
                    }
                });
        return more;
    }

    /** The value of a bound that is written here, as a document writes it. */
    public String write(Bound bound) {
        return bound.write(of(bound));
    }

    /** The timeouts, where every bound is written. */
    public Timeouts timeouts() {
        return new Timeouts(
                duration(Bound.CONNECT),
                duration(Bound.FIRST_BYTE),
                duration(Bound.IDLE),
                duration(Bound.TOTAL));
    }

    /** The limits, where every bound is written. */
    public Limits limits() {
        return new Limits(
                of(Bound.REQUEST_BODY),
                of(Bound.RESPONSE_BODY),
                Math.toIntExact(of(Bound.REQUEST_HEADERS)));
    }

    /** The retries, where every bound is written. */
    public Retries retries() {
        return new Retries(Math.toIntExact(of(Bound.ATTEMPTS)));
    }

    private Duration duration(Bound bound) {
        return Duration.ofMillis(of(bound));
    }

    private long of(Bound bound) {
        return get(bound).orElseThrow();
    }

    private static Bounds all(ToLongFunction<Bound.Usual> value) {
        Map<Bound, Long> values = new EnumMap<>(Bound.class);
        for (Bound bound : Bound.values()) {
            values.put(bound, value.applyAsLong(bound.usual()));
        }
        return new Bounds(values);
    }
}
