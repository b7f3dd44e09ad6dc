package io.attestgate.verify.claims;

import java.math.BigInteger;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/** Instants as claims write them: RFC 3339, UTC, whole seconds, four-digit years. */
final class Seconds {
    private static final Pattern FORM =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z");
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    static final BigInteger LAST_EPOCH_SECOND = BigInteger.valueOf(END.getEpochSecond() - 1);

    private Seconds() {}

    /** Whether claims can write it. */
    static boolean areWhole(Instant instant) {
        return instant.equals(instant.truncatedTo(ChronoUnit.SECONDS))
                && !instant.isBefore(FIRST)
                && instant.isBefore(END);
    }

    static Instant required(String name, Instant instant) {
        if (!areWhole(instant)) {
            throw new IllegalArgumentException(
                    "%s: %s (expected: whole seconds from 1970 to 9999)".formatted(name, instant));
        }
        return instant;
    }

    static Optional<Instant> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            Instant instant = Instant.parse(text);
            return instant.toString().equals(text) && areWhole(instant)
                    ? Optional.of(instant)
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty(); // Such as a 13th month.
        }
    }
}
