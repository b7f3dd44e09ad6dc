package io.attestgate.proxy.http;

import java.time.Duration;

/**
 * What one client connection may ask of us.
 *
 * @param targetBytesMax longer is 414
 * @param headBytesMax of a request line and its fields, and of an HTTP/2 field section; more is
 *     431; a host's policy may say less
 * @param headMax from the first byte of a head to its last; longer is 408
 * @param idleMax without a request; then the connection is closed
 * @param bodyIdleMax between two pieces of a body that we are ready to take; longer is 408
 * @param writeIdleMax that a client may leave an answer unread
 * @param streamsMax requests at a time on one HTTP/2 connection
 */
public record HttpLimits(
        int targetBytesMax,
        int headBytesMax,
        Duration headMax,
        Duration idleMax,
        Duration bodyIdleMax,
        Duration writeIdleMax,
        int streamsMax) {

    /** What browsers and programs stay under. */
    public static final HttpLimits DEFAULT =
            new HttpLimits(
                    8 * 1024,
                    64 * 1024,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(75),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(60),
                    128);
}
