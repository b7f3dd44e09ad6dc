package io.attestgate.policy.document;

import java.time.Duration;

/**
 * How long each part of a request may take.
 *
 * @param connect until the upstream's connection, with its TLS, is there
 * @param firstByte from the end of the request to the first byte of the answer
 * @param idle without a byte in either direction, once an answer or a WebSocket runs
 * @param total from the request's first byte to the answer's last, or to the end of a WebSocket
 */
public record Timeouts(Duration connect, Duration firstByte, Duration idle, Duration total) {}
