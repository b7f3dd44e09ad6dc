package io.attestgate.verify;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.claims.JsonClaims;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Hash32;
import java.util.Optional;
import java.util.Set;

/**
 * Holds what runs against what the reader lets run (docs/measurement.md).
 *
 * <p>His list is one for all platforms: a measurement has its platform in it, so that what is
 * allowed on one is not allowed on another, whatever its registers.
 */
record MeasurementCheck(Claims claims, Expectation expectation) {

    /** Of a report whose measurement the reader can see; where he names none, none is checked. */
    Optional<Refusal> refusal(PlatformReport report) {
        return expectation.measurements().flatMap(allowed -> refusal(report, allowed));
    }

    /**
     * Of a report that is to count beside another. Nobody looks at its measurement but we, and a
     * vendor vouches for any code: without the reader's list it counts for nothing.
     */
    Optional<Refusal> besideRefusal(PlatformReport report) {
        return expectation.measurements().isPresent() ? refusal(report) : refusal(report, Set.of());
    }

    private Optional<Refusal> refusal(PlatformReport report, Set<Hash32> allowed) {
        return unknownConfig().or(() -> unlisted(measurement(report), allowed));
    }

    private static Optional<Refusal> unlisted(Hash32 measurement, Set<Hash32> allowed) {
        return allowed.contains(measurement)
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Check.MEASUREMENT,
                                measurement.toString(),
                                "one of those that the reader names: " + allowed,
                                "docs/measurement.md"));
    }

    /** Without the bootstrap file's digest there is no measurement. */
    Optional<Refusal> unknownConfig() {
        return config().isPresent()
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Check.CONFIG,
                                "not in claims of this role",
                                "the reader's own digest of the bootstrap file",
                                "docs/evidence.md, registration"));
    }

    /** Of a report, with the bootstrap file's digest, which is known. */
    Hash32 measurement(PlatformReport report) {
        return report.measurement(config().orElseThrow());
    }

    /** The bootstrap file's digest: the reader's where he has one. */
    Optional<Hash32> config() {
        return expectation.config().or(this::claimedConfig);
    }

    Optional<Hash32> claimedConfig() {
        return claims instanceof JsonClaims json ? Optional.of(json.config()) : Optional.empty();
    }
}
