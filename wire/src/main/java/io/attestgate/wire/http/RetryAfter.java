package io.attestgate.wire.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The Retry-After field of a server's answer, within our own bounds. */
public final class RetryAfter {
    /** Less is no politeness to a server that asked us to wait. */
    public static final Duration WAIT_MIN = Duration.ofSeconds(1);

    /** Rate limits of public authorities reach days; a day later it does no harm to ask again. */
    public static final Duration WAIT_MAX = Duration.ofDays(1);

    /** More digits than any honest number of seconds has. */
    private static final int DIGITS_MAX = 9;

    private RetryAfter() {}

    /**
     * Returns how long to wait, as the field asks and within {@link #WAIT_MIN} to {@link
     * #WAIT_MAX}.
     *
     * <p>The field is a whole number of seconds or an HTTP-date (RFC 9110 §10.2.3). ACME sends it
     * while an order is being processed (RFC 8555 §7.4) and with rate limits (§6.6), vendors'
     * services with 429. The server may be wrong or hostile, so it moves our clock only between our
     * own bounds.
     *
     * @param field the field value as received
     * @param now the instant the answer arrived
     * @return the wait; empty if the field is neither form, which no retry will cure
     */
    public static Optional<Duration> parse(String field, Instant now) {
        String value = field.strip();
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of(
                    value.length() > DIGITS_MAX
                            ? WAIT_MAX
                            : bounded(Duration.ofSeconds(Long.parseLong(value))));
        }
        try {
            Instant date =
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Optional.of(bounded(Duration.between(now, date)));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.compareTo(WAIT_MIN) < 0) {
            return WAIT_MIN;
        }
        return wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
    }
}
