package io.attestgate.attest.platform;

/** The platform did not do what it was asked; its hardware, driver or agent is at fault. */
public final class PlatformException extends Exception {
    public PlatformException(String message) {
        super(message);
    }

    public PlatformException(String message, Throwable cause) {
        super(message, cause);
    }
}
