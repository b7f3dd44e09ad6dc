package io.attestgate.client.chain;

import io.attestgate.wire.Address;
import java.time.Instant;
import java.util.Optional;

/**
 * What the registry that a contract names says of one measurement.
 *
 * @param registry its address
 * @param allowedAt from when on it is trusted; empty if it never was allowed
 * @param validUntil the first instant at which it is trusted no more
 * @param revokedAt when it was revoked for good; empty if it was not
 */
public record MeasurementTrust(
        Address registry,
        Optional<Instant> allowedAt,
        Optional<Instant> validUntil,
        Optional<Instant> revokedAt) {

    /** As the contract's own {@code isTrusted}: what is revoked is trusted at no time. */
    public boolean isTrusted(Instant at) {
        return allowedAt.isPresent()
                && revokedAt.isEmpty()
                && !at.isBefore(allowedAt.get())
                && validUntil.filter(at::isBefore).isPresent();
    }
}
