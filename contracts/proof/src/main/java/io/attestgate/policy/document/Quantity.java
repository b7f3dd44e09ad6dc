package io.attestgate.policy.document;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations and sizes as documents write them: a whole number without leading zeros and its unit,
 * such as {@code 30s} and {@code 10MiB}.
 */
final class Quantity {
    /** More digits would not fit a long in the largest unit. */
    private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,8})([A-Za-z]{1,3})");

    private static final Map<String, Long> MILLIS =
            ordered("d", 86_400_000, "h", 3_600_000, "m", 60_000, "s", 1_000, "ms", 1);

    private static final Map<String, Long> BYTES =
            ordered("TiB", 1L << 40, "GiB", 1L << 30, "MiB", 1L << 20, "KiB", 1L << 10, "B", 1);

    static final String DURATION_FORM = "a duration such as 30s (ms, s, m, h, d)";
    static final String SIZE_FORM = "a size such as 10MiB (B, KiB, MiB, GiB, TiB)";

    private Quantity() {}

    /** Milliseconds; empty for any other text. */
    static OptionalLong parseDuration(String text) {
        return parse(text, MILLIS);
    }

    /** Bytes; empty for any other text. */
    static OptionalLong parseSize(String text) {
        return parse(text, BYTES);
    }

    static String writeDuration(long millis) {
        return write(millis, MILLIS, "0s");
    }

    static String writeSize(long bytes) {
        return write(bytes, BYTES, "0B");
    }

    private static OptionalLong parse(String text, Map<String, Long> units) {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !units.containsKey(form.group(2))) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(form.group(1)) * units.get(form.group(2)));
    }

    private static String write(long value, Map<String, Long> units, String zero) {
        return units.entrySet().stream()
                .filter(unit -> value != 0 && value % unit.getValue() == 0)
                .findFirst()
                .map(unit -> value / unit.getValue() + unit.getKey())
                .orElse(zero);
    }

    private static Map<String, Long> ordered(Object... unitsAndSizes) {
        Map<String, Long> units = new LinkedHashMap<>();
        for (int i = 0; i < unitsAndSizes.length; i += 2) {
            units.put((String) unitsAndSizes[i], ((Number) unitsAndSizes[i + 1]).longValue());
        }
        return units;
    }
}
