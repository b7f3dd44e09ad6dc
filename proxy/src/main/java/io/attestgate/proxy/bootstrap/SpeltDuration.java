package io.attestgate.proxy.bootstrap;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the file and the policy documents write them: {@code 500ms}, {@code 30s}. */
final class SpeltDuration {
    private static final Pattern AMOUNT_AND_UNIT =
            Pattern.compile("(0|[1-9][0-9]{0,8})(ms|s|m|h|d)");

    private SpeltDuration() {}

    /** Reads a duration within both bounds, which are included; else empty. */
    static Optional<Duration> parse(String text, Duration min, Duration max) {
        Matcher matcher = AMOUNT_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration duration = duration(Long.parseLong(matcher.group(1)), matcher.group(2));
        return Optional.of(duration).filter(d -> d.compareTo(min) >= 0 && d.compareTo(max) <= 0);
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
