package io.attestgate.proxy.upstream;

/**
 * Why an upstream gave no answer, or not all of it.
 *
 * @param source what failed
 * @param sent whether it may have seen the request
 * @param detail for logs; never for the client, whom the inside does not concern
 */
public record UpstreamFault(Source source, Sent sent, String detail) {

    /** Whether the upstream may have acted on the request. */
    public enum Sent {
        /** Nothing was written: asking again is the first time. */
        NO,
        /** It was written to a connection that had served before and ended without a byte. */
        ON_A_WORN_CONNECTION,
        YES
    }

    /** What failed, as metrics count it. */
    public enum Source {
        /** The upstream's name has no address. */
        NAME(502, "the name of this host's upstream has no address"),
        /** No TCP connection. */
        CONNECT(502, "this host's upstream refuses connections"),
        /** Its TLS could not be verified. */
        TLS(502, "the TLS of this host's upstream could not be verified"),
        /** It ended the connection before the answer was whole. */
        CLOSED(502, "this host's upstream closed the connection without a whole answer"),
        /** What it sent is not HTTP/1.1. */
        PROTOCOL(502, "this host's upstream did not answer in HTTP/1.1"),
        /** As many connections as we open are in use. */
        OVERLOAD(503, "this host's upstream has as many requests as this gateway sends it"),
        CONNECT_TIMEOUT(504, "this host's upstream did not accept a connection in time"),
        FIRST_BYTE_TIMEOUT(504, "this host's upstream did not begin to answer in time"),
        IDLE_TIMEOUT(504, "this host's upstream stopped in the middle"),
        TOTAL_TIMEOUT(504, "the request took longer than this host's policy allows");

        private final int status;
        private final String sentence;

        Source(int status, String sentence) {
            this.status = status;
            this.sentence = sentence;
        }

        /** RFC 9110 §15.6. */
        public int status() {
            return status;
        }

        /** For the client: whose fault it is. */
        public String sentence() {
            return sentence;
        }
    }
}
