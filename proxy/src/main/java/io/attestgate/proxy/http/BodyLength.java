package io.attestgate.proxy.http;

/** How long a message says that its body is. */
public sealed interface BodyLength {
    BodyLength NONE = new None();
    BodyLength UNKNOWN = new Unknown();

    /** There is no body, and no length is announced. */
    record None() implements BodyLength {}

    /** Exactly that much; may be 0. */
    record Known(long bytes) implements BodyLength {
        public Known {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes: " + bytes + " (expected: 0 or more)");
            }
        }
    }

    /** It ends when it ends: chunked, HTTP/2 frames, or the end of a tunnel. */
    record Unknown() implements BodyLength {}
}
