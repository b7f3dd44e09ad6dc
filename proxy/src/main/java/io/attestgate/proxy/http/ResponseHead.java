package io.attestgate.proxy.http;

/**
 * An answer without its body.
 *
 * @param status 100 to 599
 * @param headers without framing
 */
public record ResponseHead(int status, Headers headers, BodyLength body) {
    public static final int SWITCHING_PROTOCOLS = 101;

    public ResponseHead {
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 100 to 599)");
        }
    }

    /** Whether another answer to the same request follows (RFC 9110 §15.2). */
    public boolean isInterim() {
        return status < 200 && status != SWITCHING_PROTOCOLS;
    }
}
