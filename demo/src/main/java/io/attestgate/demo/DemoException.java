package io.attestgate.demo;

/** The demo cannot go on; the message tells a person why and what to do. */
final class DemoException extends Exception {
    DemoException(String message) {
        super(message);
    }

    DemoException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
