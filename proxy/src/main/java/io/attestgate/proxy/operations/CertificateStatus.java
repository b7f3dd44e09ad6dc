package io.attestgate.proxy.operations;

import io.attestgate.certificate.renewal.NameStatus;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How the certificate of one name stands.
 *
 * @param host whom it is for
 * @param state {@code preparing}, {@code ordering}, {@code serving}, {@code renewing}, {@code
 *     failing} or {@code refused}
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

    /** The status of a name as its keeper has it. */
    public static CertificateStatus of(NameStatus name) {
        return new CertificateStatus(
                name.name(),
                name.phase().name().toLowerCase(Locale.ROOT),
                name.certificate().map(Serving::of),
                name.nextKey(),
                name.nextAttempt(),
                name.lastFailure().map(CertificateStatus::failure));
    }

    private static GatewayStatus.Failure failure(NameStatus.Failure failure) {
        String from = failure.authority().map(a -> " (%s)".formatted(a)).orElse("");
        return new GatewayStatus.Failure(
                failure.at(),
                "%s: %s%s, %d in a row"
                        .formatted(failure.type(), failure.detail(), from, failure.inARow()));
    }

    /**
     * A certificate that is served.
     *
     * @param authority the ACME directory that it is from
     * @param spki SHA-256 of its SPKI, which clients pin
     */
    public record Serving(URI authority, Instant notBefore, Instant notAfter, Hash32 spki) {
        private static Serving of(NameStatus.Served served) {
            return new Serving(
                    served.authority(), served.notBefore(), served.notAfter(), served.spki());
        }
    }
}
