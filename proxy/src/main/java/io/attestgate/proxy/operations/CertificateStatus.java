package io.attestgate.proxy.operations;

import io.attestgate.wire.Hash32;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * How the certificate of one name stands.
 *
 * @param host whom it is for
 * @param state a word such as {@code serving} or {@code ordering}
 * @param serving the certificate that is served now
 * @param nextKey SHA-256 of the SPKI of the next certificate's key, which is attested already
 * @param nextAttempt when the next order is placed
 * @param lastError what went wrong last, in the authority's own words
 */
public record CertificateStatus(
        String host,
        String state,
        Optional<Serving> serving,
        Optional<Hash32> nextKey,
        Optional<Instant> nextAttempt,
        Optional<GatewayStatus.Failure> lastError) {

    /**
     * A certificate that is served.
     *
     * @param authority the ACME directory that it is from
     * @param spki SHA-256 of its SPKI, which clients pin
     */
    public record Serving(URI authority, Instant notBefore, Instant notAfter, Hash32 spki) {}
}
