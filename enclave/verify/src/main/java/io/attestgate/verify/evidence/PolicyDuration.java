package io.attestgate.verify.evidence;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as policies spell it: digits and one unit, {@code 90s}, {@code 15m}, {@code 8h} or
 * {@code 7d}. Refusals speak of one in the same form.
 */
public final class PolicyDuration {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([smhd])");
    private static final Map<String, Duration> UNITS =
            Map.of(
                    "s", Duration.ofSeconds(1),
                    "m", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "d", Duration.ofDays(1));

    private PolicyDuration() {}

    /** Reads that form, which is positive; empty if the text is of another. */
    static Optional<Duration> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.ofNullable(UNITS.get(matcher.group(2)))
                        .map(unit -> unit.multipliedBy(Long.parseLong(matcher.group(1))))
                : Optional.empty();
    }

    /** In the largest unit that has it whole; one that no unit has, in Java's own form. */
    public static String spell(Duration duration) {
        return UNITS.entrySet().stream()
                .filter(unit -> isWhole(duration, unit.getValue()))
                .max(Map.Entry.comparingByValue())
                .map(unit -> duration.dividedBy(unit.getValue()) + unit.getKey())
                .orElseGet(duration::toString);
    }

    private static boolean isWhole(Duration duration, Duration unit) {
        return unit.multipliedBy(duration.dividedBy(unit)).equals(duration);
    }
}
