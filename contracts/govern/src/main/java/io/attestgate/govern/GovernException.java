package io.attestgate.govern;

import java.util.Optional;

/**
 * Why a change did not happen, whose fault that is, and whether to try again.
 *
 * <p>The message is one line for a person.
 */
public final class GovernException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Cause {
        /** The RPC endpoint did not answer, or not as JSON-RPC does; another try may do. */
        ENDPOINT(true),
        /** The transaction was sent and is in no block yet; it may still be. */
        NOT_MINED(false),
        /** The endpoint speaks for another chain than the caller named. */
        WRONG_CHAIN(false),
        /** At the address stands no code, or other code than this release's. */
        WRONG_CODE(false),
        /** Delays or terms are not those of the pace that was asked for. */
        WRONG_TERMS(false),
        /** Somebody holds a role whom the deployment did not give it, or lacks one. */
        WRONG_ROLES(false),
        /** The key's account cannot pay for the transaction. */
        UNDERFUNDED(false),
        /** The contract refused, by an error of its own if {@link #error} names one. */
        REFUSED(false);

        private final boolean retryable;

        Cause(boolean retryable) {
            this.retryable = retryable;
        }
    }

    private final Cause cause;
    private final Optional<String> error;

    GovernException(Cause cause, String message) {
        this(cause, message, Optional.empty());
    }

    private GovernException(Cause cause, String message, Optional<String> error) {
        super(message);
        this.cause = cause;
        this.error = error;
    }

    static GovernException endpoint(String message, Throwable reason) {
        GovernException exception = new GovernException(Cause.ENDPOINT, message);
        exception.initCause(reason);
        return exception;
    }

    static GovernException refused(Revert revert) {
        return new GovernException(Cause.REFUSED, "refused: " + revert.text(), revert.error());
    }

    public Cause whose() {
        return cause;
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public boolean retryable() {
        return cause.retryable;
    }

    /** The name of the contract's error, such as {@code NotGovernor}. */
    public Optional<String> error() {
        return error;
    }
}
