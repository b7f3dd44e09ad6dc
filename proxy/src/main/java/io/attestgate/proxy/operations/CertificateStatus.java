package io.attestgate.proxy.operations;

import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.Optional;

/**
 * How the certificate of one name stands.
 *
 * @param host whom it is for
 * @param state a word such as {@code serving} or {@code ordering}
 * @param serving the certificate that is served now
 * @param nextAttempt when the next order is placed
 * @param lastError what went wrong last, in the authority's own words
 */
public record CertificateStatus(
        String host,
        String state,
        Optional<Serving> serving,
        Optional<Instant> nextAttempt,
        Optional<GatewayStatus.Failure> lastError) {

    /**
     * A certificate that is served.
     *
     * @param spki SHA-256 of its SPKI, which clients pin
     */
    public record Serving(Instant notBefore, Instant notAfter, Hash32 spki) {}
}
