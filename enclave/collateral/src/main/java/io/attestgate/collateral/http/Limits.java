package io.attestgate.collateral.http;

import io.attestgate.verify.collateral.Bundle;
import java.time.Duration;

/**
 * What a question may cost.
 *
 * @param requestTime for one exchange, from the connection to the last byte
 * @param wholeTime for everything that one piece of evidence needs
 * @param attemptsMax exchanges for one question
 * @param pauseMax the longest wait between two, whatever the service asks
 * @param answerBytesMax of a body; no more than a file of a bundle may have
 */
public record Limits(
        Duration requestTime,
        Duration wholeTime,
        int attemptsMax,
        Duration pauseMax,
        int answerBytesMax) {
    /** Intel's longest answer has 30 KiB, NVIDIA's 60 KiB; AMD's limit asks for some seconds. */
    public static final Limits DEFAULT =
            new Limits(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(40),
                    3,
                    Duration.ofSeconds(10),
                    1024 * 1024);

    public Limits {
        if (attemptsMax < 1 || answerBytesMax < 1 || answerBytesMax > Bundle.FILE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "limits: %d attempts, %d bytes (expected: at least 1, at most %d bytes)"
                            .formatted(attemptsMax, answerBytesMax, Bundle.FILE_BYTES_MAX));
        }
    }

    public Limits withRequestTime(Duration time) {
        return new Limits(time, wholeTime, attemptsMax, pauseMax, answerBytesMax);
    }

    public Limits withWholeTime(Duration time) {
        return new Limits(requestTime, time, attemptsMax, pauseMax, answerBytesMax);
    }
}
