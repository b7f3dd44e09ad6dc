package io.attestgate.proxy.main;

/** The gateway cannot start; the message names the thing, its value and the rule. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    StartException(String what) {
        super(what);
    }

    StartException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
