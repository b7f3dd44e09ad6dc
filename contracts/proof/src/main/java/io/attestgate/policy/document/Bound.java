package io.attestgate.policy.document;

import com.google.errorprone.annotations.Immutable;
import java.time.Duration;

/**
 * Everything about a request that has a limit: its name in a document, what holds where no document
 * says anything, and what no document can exceed.
 *
 * <p>Every bound has a default and a ceiling, so no value means unlimited. Durations count
 * milliseconds, sizes bytes.
 */
public enum Bound {
    CONNECT(
            Unit.DURATION,
            "timeouts",
            "connect",
            new Range(Duration.ofMillis(1), Duration.ofMinutes(5)),
            new Usual(Duration.ofSeconds(5), Duration.ofSeconds(30))),
    FIRST_BYTE(
            Unit.DURATION,
            "timeouts",
            "firstByte",
            new Range(Duration.ofMillis(1), Duration.ofHours(1)),
            new Usual(Duration.ofSeconds(60), Duration.ofMinutes(10))),
    IDLE(
            Unit.DURATION,
            "timeouts",
            "idle",
            new Range(Duration.ofMillis(1), Duration.ofDays(1)),
            new Usual(Duration.ofSeconds(60), Duration.ofHours(1))),
    TOTAL(
            Unit.DURATION,
            "timeouts",
            "total",
            new Range(Duration.ofMillis(1), Duration.ofDays(7)),
            new Usual(Duration.ofHours(1), Duration.ofDays(1))),
    REQUEST_BODY(
            Unit.SIZE,
            "limits",
            "requestBody",
            new Range(0, 16L << 40),
            new Usual(10L << 20, 16L << 30)),
    RESPONSE_BODY(
            Unit.SIZE,
            "limits",
            "responseBody",
            new Range(0, 16L << 40),
            new Usual(16L << 30, 1L << 40)),
    REQUEST_HEADERS(
            Unit.SIZE,
            "limits",
            "requestHeaders",
            new Range(1 << 10, 256 << 10),
            new Usual(32 << 10, 64 << 10)),
    ATTEMPTS(Unit.COUNT, "retries", "attempts", new Range(0, 3), new Usual(1, 3));

    /** How a document writes a bound: {@code 30s}, {@code 10MiB}, or a number. */
    enum Unit {
        DURATION,
        SIZE,
        COUNT
    }

    /** The smallest and the largest value that any document may write. */
    @Immutable
    record Range(long min, long max) {
        Range(Duration min, Duration max) {
            this(min.toMillis(), max.toMillis());
        }
    }

    /**
     * What holds where nothing is written: for a domain, and as the most that a domain may write.
     */
    @Immutable
    record Usual(long value, long ceiling) {
        Usual(Duration value, Duration ceiling) {
            this(value.toMillis(), ceiling.toMillis());
        }
    }

    private final Unit unit;
    private final String group;
    private final String field;
    private final Range range;
    private final Usual usual;

    Bound(Unit unit, String group, String field, Range range, Usual usual) {
        this.unit = unit;
        this.group = group;
        this.field = field;
        this.range = range;
        this.usual = usual;
    }

    Unit unit() {
        return unit;
    }

    /** The object that holds the field: {@code timeouts}, {@code limits} or {@code retries}. */
    String group() {
        return group;
    }

    String field() {
        return field;
    }

    Range range() {
        return range;
    }

    Usual usual() {
        return usual;
    }

    /** Where it stands in a document, from the object that holds the groups on. */
    public String path() {
        return group + "." + field;
    }

    /** The value as a document writes it. */
    public String write(long value) {
        return switch (unit) {
            case DURATION -> Quantity.writeDuration(value);
            case SIZE -> Quantity.writeSize(value);
            case COUNT -> Long.toString(value);
        };
    }
}
