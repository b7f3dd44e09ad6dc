package io.attestgate.proxy.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations on the command line: a whole number and its unit. */
final class SpeltDuration {
    static final String RULE = "a whole number and its unit: 30s, 10m, 12h or 2d";

    /** More digits than any delay of ours has. */
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})([smhd])");

    private static final Map<String, Long> SECONDS =
            Map.of("s", 1L, "m", 60L, "h", 3_600L, "d", 86_400L);

    private SpeltDuration() {}

    static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(
                        Duration.ofSeconds(
                                Long.parseLong(form.group(1))
                                        * SECONDS.getOrDefault(form.group(2), 0L)))
                : Optional.empty();
    }
}
