package io.attestgate.attest.seal;

/** The sealed store did not open, read or write; {@link #reason} says whose fault it is. */
public final class SealException extends Exception {
    private final Reason reason;

    /** Whose fault, and what can be done. */
    public enum Reason {
        /** Another process holds the state directory. */
        HELD,
        /** The state was sealed under another bootstrap file. */
        OTHER_CONFIG,
        /** The state was sealed by other code, or on another platform. */
        OTHER_CODE,
        /** The state is not the newest one: an older copy, or a sibling that was made beside it. */
        NOT_NEWEST,
        /** A file is missing or is not what was sealed. */
        DAMAGED,
        /** The disk failed. Nothing was changed; the same may be tried again. */
        DISK,
        /** A commit failed half way; only opening the store again can say whether it happened. */
        UNSETTLED,
        /** The store has as many entries as it may. */
        FULL,
        /** The platform failed. */
        PLATFORM,
        /**
         * What is sealed could be opened by a key provider, whom no proven policy allows yet, or
         * allows no more.
         */
        PROVIDER
    }

    SealException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    SealException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the same call may succeed later without anything else being done. */
    public boolean retryable() {
        return reason == Reason.DISK || reason == Reason.HELD;
    }
}
