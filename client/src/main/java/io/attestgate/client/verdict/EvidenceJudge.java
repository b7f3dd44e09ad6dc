package io.attestgate.client.verdict;

import static io.attestgate.client.verdict.LegName.EVIDENCE;
import static io.attestgate.client.verdict.LegName.MEASUREMENT;

import io.attestgate.verify.EvidenceVerifier;
import io.attestgate.verify.Expectation;
import io.attestgate.verify.Verdict;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Holds evidence against its platform's root and against the code that the reader named.
 *
 * @param platforms that the reader accepts, by name
 * @param measurements that the reader accepts; empty if it names none
 */
public record EvidenceJudge(Set<String> platforms, Set<Hash32> measurements) {
    public EvidenceJudge {
        platforms = Set.copyOf(platforms);
        measurements = Set.copyOf(measurements);
    }

    /**
     * The legs evidence and measurement, for claims whose own legs are settled.
     *
     * @param now an instant at which the claims are good
     */
    public List<Leg> judge(EvidenceEnvelope envelope, Instant now) {
        Expectation expectation = Expectation.of(Role.ENDPOINT, platforms);
        return switch (EvidenceVerifier.verify(envelope, expectation, now)) {
            case Verdict.Refused refused ->
                    List.of(Leg.fail(EVIDENCE, refused.toString(), "the code of this client"));
            case Verdict.Trusted trusted -> List.of(genuine(trusted), measurement(trusted));
        };
    }

    private static Leg genuine(Verdict.Trusted trusted) {
        return Leg.pass(
                EVIDENCE, "platform: " + trusted.report().platform(), trusted.report().restsOn());
    }

    private Leg measurement(Verdict.Trusted trusted) {
        Hash32 found = trusted.measurement();
        if (measurements.isEmpty()) {
            return Leg.notChecked(MEASUREMENT, found + ": whatever runs there may say all this");
        }
        return measurements.contains(found)
                ? Leg.pass(MEASUREMENT, found.toString(), "you, who named it")
                : Leg.fail(
                        MEASUREMENT,
                        "%s (expected: one of %s)".formatted(found, measurements),
                        "you, who named others");
    }
}
