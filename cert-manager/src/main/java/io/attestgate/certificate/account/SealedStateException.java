package io.attestgate.certificate.account;

/**
 * The sealed state cannot be read or written: the disk is full or gone, or what lies there is not
 * what was sealed.
 *
 * <p>The fault is the operator's or his disk's. A retry helps only after he has acted.
 */
public final class SealedStateException extends Exception {
    private static final long serialVersionUID = 1L;

    public SealedStateException(String message, Throwable cause) {
        super(message, cause);
    }

    public SealedStateException(String message) {
        super(message);
    }
}
