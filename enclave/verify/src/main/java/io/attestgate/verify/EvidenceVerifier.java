package io.attestgate.verify;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.EvidenceRequirement;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entrance: evidence, what the reader expects of it, and the instant he asks at, to a verdict.
 *
 * <p>Goes in the order of {@link Check} and stops at the first that fails. Takes the claims apart
 * before the report, since what they say is cheap to hold against what was asked; believes none of
 * it before the report carries their hash.
 */
public final class EvidenceVerifier {
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
        return switch (FirstLook.at(envelope, expectation, now)) {
            case FirstLook.Refused refused -> Verdict.Refused.of(refused.refusal());
            case FirstLook.Passed passed -> judge(passed.claims(), passed.members());
        };
    }

    /** The leading leg has to stand, and the others as the reader requires: all, or enough. */
    private Verdict judge(Claims claims, Members members) {
        LegJudge judge = new LegJudge(members, claims, hardware, now);
        List<Leg> legs = new ArrayList<>();
        for (String name : members.legs()) {
            Leg leg = judge.judge(name);
            legs.add(legs.isEmpty() ? leg : beside(claims, leg));
            if (legs.getLast() instanceof Leg.Failed failed
                    && (legs.size() == 1 || requirement().isEmpty())) {
                return Verdict.Refused.of(failed.refusal());
            }
        }
        return requirement()
                .flatMap(required -> new RequirementCheck(required).refusal(legs))
                .or(() -> gpus(claims, legs))
                .<Verdict>map(Verdict.Refused::of)
                .orElseGet(() -> conclude(claims, legs));
    }

    /**
     * The leading leg's code is judged at the end; a device beside it has none that would speak.
     */
    private Leg beside(Claims claims, Leg leg) {
        return switch (leg) {
            case Leg.Failed failed -> failed;
            case Leg.Held held ->
                    unlisted(claims, held)
                            .<Leg>map(why -> new Leg.Failed(held.member(), held.kind(), why))
                            .orElse(held);
        };
    }

    private Optional<Refusal> unlisted(Claims claims, Leg.Held leg) {
        if (Members.isGpu(leg.member())) {
            return Optional.empty();
        }
        MeasurementCheck check = new MeasurementCheck(claims, expectation);
        return requirement().isPresent()
                ? check.besideRefusal(leg.report())
                : check.refusal(leg.report());
    }

    private Optional<Refusal> gpus(Claims claims, List<Leg> legs) {
        return hardware.flatMap(brought -> new GpuLegs(legs, brought.policy()).refusal(claims));
    }

    private Optional<EvidenceRequirement> requirement() {
        return hardware.flatMap(brought -> brought.policy().part(EvidenceRequirement.class));
    }

    private Verdict conclude(Claims claims, List<Leg> legs) {
        PlatformReport report = ((Leg.Held) legs.getFirst()).report();
        MeasurementCheck measurements = new MeasurementCheck(claims, expectation);
        ReportCheck check = new ReportCheck(claims, report, measurements);
        return check.refusal(envelope)
                .<Verdict>map(Verdict.Refused::of)
                .orElseGet(() -> new Verdict.Trusted(claims, report, check.measurement(), legs));
    }
}
