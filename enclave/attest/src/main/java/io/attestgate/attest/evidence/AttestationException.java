package io.attestgate.attest.evidence;

/** Claims got no evidence. */
public final class AttestationException extends Exception {
    private final boolean retryable;

    AttestationException(String message, boolean retryable) {
        super(message);
        this.retryable = retryable;
    }

    AttestationException(String message, Throwable cause) {
        super(message, cause);
        this.retryable = true;
    }

    /** Whether the same claims may get evidence later. */
    public boolean retryable() {
        return retryable;
    }
}
