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
    private static final String CPU = HardwareJudge.CPU;

    private final EvidenceEnvelope envelope;
    private final Expectation expectation;
    private final Optional<Hardware> hardware;
    private final Instant now;

    private EvidenceVerifier(
            EvidenceEnvelope envelope,
            Expectation expectation,
            Optional<Hardware> hardware,
            Instant now) {
        this.envelope = envelope;
        this.expectation = expectation;
        this.hardware = hardware;
        this.now = now;
    }

    /**
     * Judges evidence of the simulated platform; never throws for what the envelope holds. Hardware
     * is refused: it needs what the reader brings.
     */
    public static Verdict verify(EvidenceEnvelope envelope, Expectation expectation, Instant now) {
        return new EvidenceVerifier(envelope, expectation, Optional.empty(), now).verdict();
    }

    /** Judges evidence of every platform; never throws for what the envelope or bundle holds. */
    public static Verdict verify(
            EvidenceEnvelope envelope, Expectation expectation, Hardware hardware, Instant now) {
        return new EvidenceVerifier(envelope, expectation, Optional.of(hardware), now).verdict();
    }

    private Verdict verdict() {
        return switch (Claims.parse(expectation.role(), envelope.claims())) {
            case Parsed.Bad<Claims> bad ->
                    Verdict.Refused.of(Refusal.of(Check.CLAIMS, bad, "docs/evidence.md, claims"));
            case Parsed.Good<Claims> good -> verify(good.value());
        };
    }

    private Verdict verify(Claims claims) {
        return new ClaimsCheck(claims, expectation)
                .refusal(now)
                .or(this::members)
                .<Verdict>map(Verdict.Refused::of)
                .orElseGet(() -> judge(claims));
    }

    private Optional<Refusal> members() {
        Set<String> expected =
                envelope.evidence().containsKey(CPU)
                        ? HardwareJudge.members(cpu().kind())
                        : Set.of(CPU);
        if (!envelope.evidence().keySet().equals(expected)) {
            return Optional.of(
                    new Refusal(
                            Check.MEMBERS,
                            envelope.evidence().keySet().toString(),
                            expected + ": this release judges no other member",
                            "docs/evidence.md, members"));
        }
        if (!expectation.platforms().contains(cpu().kind())) {
            return Optional.of(
                    new Refusal(
                            Check.PLATFORM,
                            cpu().kind(),
                            "one that the reader accepts by name: " + expectation.platforms(),
                            "docs/evidence.md, platforms"));
        }
        return Optional.empty();
    }

    private Verdict judge(Claims claims) {
        return switch (judgement()) {
            case Refusal refusal -> Verdict.Refused.of(refusal);
            case Judgement.Genuine genuine -> conclude(claims, genuine.report());
        };
    }

    private Judgement judgement() {
        CmwRecord cpu = cpu();
        if (cpu.kind().equals(SimulatedReport.KIND)) {
            return SimulatedJudge.judge(cpu, envelope.reportData());
        }
        if (hardware.isPresent() && HardwareJudge.PLATFORMS.contains(cpu.kind())) {
            return new HardwareJudge(envelope, hardware.get()).judge(now);
        }
        return new Refusal(
                Check.PLATFORM,
                cpu.kind(),
                hardware.isPresent()
                        ? "one that this release judges: simulated, " + HardwareJudge.PLATFORMS
                        : "simulated: hardware needs collateral and a policy",
                "docs/evidence.md, platforms");
    }

    private Verdict conclude(Claims claims, PlatformReport report) {
        ReportCheck check = new ReportCheck(claims, report, expectation);
        return check.refusal(envelope)
                .<Verdict>map(Verdict.Refused::of)
                .orElseGet(() -> new Verdict.Trusted(claims, report, check.measurement()));
    }

    private CmwRecord cpu() {
        return Objects.requireNonNull(envelope.evidence().get(CPU));
    }
}
