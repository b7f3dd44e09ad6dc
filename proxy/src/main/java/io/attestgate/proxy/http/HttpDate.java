package io.attestgate.proxy.http;

import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The Date field (RFC 9110 §6.6.1), made once a second.
 *
 * <p>One for the process, used by every loop: what they share is one immutable value, and two loops
 * that make the same second's twice do no harm.
 */
public final class HttpDate {
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private volatile Second latest;

    private record Second(long epochSeconds, AsciiString text) {}

    public HttpDate(InstantSource clock) {
        this.clock = clock;
        this.latest = format(clock.instant());
    }

    /** The field's value now. */
    public AsciiString value() {
        long now = Math.floorDiv(clock.millis(), 1000);
        Second second = latest;
        if (second.epochSeconds != now) {
            second = format(Instant.ofEpochSecond(now));
            latest = second;
        }
        return second.text;
    }

    private static Second format(Instant instant) {
        return new Second(instant.getEpochSecond(), AsciiString.of(IMF_FIXDATE.format(instant)));
    }
}
