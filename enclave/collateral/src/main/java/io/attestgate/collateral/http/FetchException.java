package io.attestgate.collateral.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A service gave no answer that can be used. */
public final class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient Optional<Duration> retryAfter;

    public FetchException(Kind kind, String message) {
        this(kind, message, Optional.empty());
    }

    FetchException(Kind kind, String message, Optional<Duration> retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** How long the service asked to be left alone; empty if it did not. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Every way in which a question stays without an answer. */
    public enum Kind {
        /** No connection, or it broke; its time may come. */
        UNREACHABLE(true),
        /** No whole answer within the time. */
        TIMED_OUT(true),
        /** The service said that it cannot now: 429, 500, 502, 503 or 504. */
        UNAVAILABLE(true),
        /** It knows no such thing: 404 or 410. */
        ABSENT(false),
        /** Any other status; redirects are followed nowhere. */
        REFUSED(false),
        /** More bytes than the limit. */
        TOO_LARGE(false),
        /** Not of the documented form, about something else, or not signed by whom it must be. */
        MALFORMED(false),
        /** It has ended by its own word. */
        STALE(false),
        /** The evidence names nothing that could be asked for. */
        NOTHING_TO_ASK(false),
        /** It names more than anybody's evidence has. */
        TOO_MANY(false),
        /** Too many questions are open already. */
        BUSY(false);

        private final boolean mayPass;

        Kind(boolean mayPass) {
            this.mayPass = mayPass;
        }

        /** Whether the same question may get an answer soon. */
        boolean mayPass() {
            return mayPass;
        }
    }
}
