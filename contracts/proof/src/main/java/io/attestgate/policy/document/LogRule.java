package io.attestgate.policy.document;

import java.util.Set;

/**
 * What may leave the enclave in logs, metrics and traces, where the operator reads it.
 *
 * @param clientAddress how much of it
 * @param path whether the path of a request
 * @param query whether its query
 * @param headers the names, in lower case, of the request's fields
 */
public record LogRule(
        ClientAddress clientAddress, boolean path, boolean query, Set<String> headers) {
    /** Nothing that tells about a client. */
    public static final LogRule PRIVATE = new LogRule(ClientAddress.NONE, false, false, Set.of());

    public LogRule {
        headers = Set.copyOf(headers);
    }

    /** How much of a client's address is told. */
    public enum ClientAddress implements Spelled {
        NONE("none"),
        /** The first 24 bits of an IPv4 address, the first 48 of an IPv6 address. */
        NETWORK("network"),
        FULL("full");

        private final String spelling;

        ClientAddress(String spelling) {
            this.spelling = spelling;
        }

        @Override
        public String spelling() {
            return spelling;
        }
    }
}
