package io.attestgate.certificate.renewal;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts of every {@link Outcome} since the start. Any thread counts, any thread reads. */
public final class Outcomes {
    private final Map<Outcome, LongAdder> totals =
            Collections.unmodifiableMap(
                    new EnumMap<>(
                            Arrays.stream(Outcome.values())
                                    .collect(
                                            Collectors.toMap(
                                                    Function.identity(), o -> new LongAdder()))));

    Outcomes() {}

    void count(Outcome outcome) {
        Objects.requireNonNull(totals.get(outcome)).increment();
    }

    public long total(Outcome outcome) {
        return Objects.requireNonNull(totals.get(outcome)).sum();
    }
}
