package io.attestgate.policy.document;

/**
 * How much one request may bring and its answer may carry.
 *
 * @param requestBodyBytesMax of the body, after the transfer coding is taken off
 * @param responseBodyBytesMax likewise; a longer answer is cut off and its connection closed
 * @param requestHeaderBytesMax of the request line and all fields, as HTTP/1.1 would write them
 */
public record Limits(
        long requestBodyBytesMax, long responseBodyBytesMax, int requestHeaderBytesMax) {}
