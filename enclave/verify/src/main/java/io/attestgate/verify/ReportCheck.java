package io.attestgate.verify;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.claims.EndpointClaims;
import io.attestgate.verify.claims.MeshClaims;
import io.attestgate.verify.claims.RegistrationClaims;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.GpuBinding;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Hash32;
import java.util.Optional;

/** Holds a genuine report and the claims it speaks for against each other and the expectation. */
record ReportCheck(Claims claims, PlatformReport report, MeasurementCheck measurements) {

    Optional<Refusal> refusal(EvidenceEnvelope envelope) {
        return gpu(envelope).or(this::instance).or(this::config).or(this::measured);
    }

    private Optional<Refusal> gpu(EvidenceEnvelope envelope) {
        Optional<Hash32> claimed =
                switch (claims) {
                    case EndpointClaims endpoint -> endpoint.gpu();
                    case MeshClaims mesh -> mesh.gpu();
                    case TlsKeyClaims key -> Optional.empty();
                    case RegistrationClaims registration -> Optional.empty();
                };
        return equal(Check.GPU, claimed, GpuBinding.digest(envelope.evidence()));
    }

    private Optional<Refusal> instance() {
        return equal(Check.INSTANCE, claims.instance(), report.instance());
    }

    private Optional<Refusal> config() {
        return measurements.unknownConfig().or(this::otherConfig);
    }

    private Optional<Refusal> otherConfig() {
        Hash32 config = measurements.config().orElseThrow();
        return measurements
                .claimedConfig()
                .flatMap(is -> equal(Check.CONFIG, is, config))
                .or(() -> report.config().flatMap(is -> equal(Check.CONFIG, is, config)));
    }

    private Optional<Refusal> measured() {
        return claims instanceof RegistrationClaims registration
                ? equal(Check.MEASUREMENT, registration.measurement(), measurement())
                        .or(() -> measurements.refusal(report))
                : measurements.refusal(report);
    }

    /** Of the report, with the reader's digest of the bootstrap file where he has one. */
    Hash32 measurement() {
        return measurements.measurement(report);
    }

    private static Optional<Refusal> equal(Check check, Hash32 claimed, Hash32 is) {
        return equal(check, Optional.of(claimed), Optional.of(is));
    }

    private static Optional<Refusal> equal(
            Check check, Optional<Hash32> claimed, Optional<Hash32> is) {
        return claimed.equals(is)
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                check,
                                claimed.map(Hash32::toString).orElse("null"),
                                is.map(Hash32::toString).orElse("null"),
                                "docs/evidence.md, claims"));
    }
}
