package io.attestgate.verify;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Judgement;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.simulated.SimulatedJudge;
import io.attestgate.verify.simulated.SimulatedReport;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The entrance: evidence, what the reader expects of it, and the instant he asks at, to a verdict.
 *
 * <p>Goes in the order of {@link Check} and stops at the first that fails. Takes the claims apart
 * before the report, since what they say is cheap to hold against what was asked; believes none of
 * it before the report carries their hash.
 */
public final class EvidenceVerifier {
    private static final String CPU = "cpu";

    private EvidenceVerifier() {}

    /** Judges evidence; never throws for what the envelope holds. */
    public static Verdict verify(EvidenceEnvelope envelope, Expectation expectation, Instant now) {
        return switch (Claims.parse(expectation.role(), envelope.claims())) {
            case Parsed.Bad<Claims> bad ->
                    Verdict.Refused.of(Refusal.of(Check.CLAIMS, bad, "docs/evidence.md, claims"));
            case Parsed.Good<Claims> good -> verify(envelope, good.value(), expectation, now);
        };
    }

    private static Verdict verify(
            EvidenceEnvelope envelope, Claims claims, Expectation expectation, Instant now) {
        return new ClaimsCheck(claims, expectation)
                .refusal(now)
                .or(() -> members(envelope, expectation))
                .<Verdict>map(Verdict.Refused::of)
                .orElseGet(() -> judge(envelope, claims, expectation));
    }

    private static Optional<Refusal> members(EvidenceEnvelope envelope, Expectation expectation) {
        if (!envelope.evidence().keySet().equals(Set.of(CPU))) {
            return Optional.of(
                    new Refusal(
                            Check.MEMBERS,
                            envelope.evidence().keySet().toString(),
                            "[cpu]: this release judges no other member",
                            "docs/evidence.md, members"));
        }
        String kind = cpu(envelope).kind();
        if (!expectation.platforms().contains(kind)) {
            return Optional.of(
                    new Refusal(
                            Check.PLATFORM,
                            kind,
                            "one that the reader accepts by name: " + expectation.platforms(),
                            "docs/evidence.md, platforms"));
        }
        return Optional.empty();
    }

    private static Verdict judge(
            EvidenceEnvelope envelope, Claims claims, Expectation expectation) {
        return switch (judge(cpu(envelope), envelope)) {
            case Refusal refusal -> Verdict.Refused.of(refusal);
            case Judgement.Genuine genuine ->
                    conclude(envelope, claims, genuine.report(), expectation);
        };
    }

    private static Judgement judge(CmwRecord cpu, EvidenceEnvelope envelope) {
        return switch (cpu.kind()) {
            case SimulatedReport.KIND -> SimulatedJudge.judge(cpu, envelope.reportData());
            default ->
                    new Refusal(
                            Check.PLATFORM,
                            cpu.kind(),
                            "one that this release judges: simulated",
                            "docs/evidence.md, platforms");
        };
    }

    private static Verdict conclude(
            EvidenceEnvelope envelope,
            Claims claims,
            PlatformReport report,
            Expectation expectation) {
        ReportCheck check = new ReportCheck(claims, report, expectation);
        return check.refusal(envelope)
                .<Verdict>map(Verdict.Refused::of)
                .orElseGet(() -> trusted(claims, report, check.measurement()));
    }

    private static Verdict trusted(Claims claims, PlatformReport report, Hash32 measurement) {
        return new Verdict.Trusted(claims, report, measurement);
    }

    private static CmwRecord cpu(EvidenceEnvelope envelope) {
        return Objects.requireNonNull(envelope.evidence().get(CPU));
    }
}
