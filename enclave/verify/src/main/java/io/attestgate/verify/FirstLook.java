package io.attestgate.verify;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.Optional;

/**
 * What is judged of evidence before anything about it is fetched or believed, since it costs
 * nothing: what the claims say, and which members there are.
 */
sealed interface FirstLook {

    /** What the reader asked for is not there. */
    record Refused(Refusal refusal) implements FirstLook {}

    /** It may be; signatures decide. */
    record Passed(Claims claims, Members members) implements FirstLook {}

    static FirstLook at(EvidenceEnvelope envelope, Expectation expectation, Instant now) {
        return switch (Claims.parse(expectation.role(), envelope.claims())) {
            case Parsed.Bad<Claims> bad ->
                    new Refused(Refusal.of(Check.CLAIMS, bad, "docs/evidence.md, claims"));
            case Parsed.Good<Claims> good -> {
                Members members = new Members(envelope);
                yield new ClaimsCheck(good.value(), expectation)
                        .refusal(now)
                        .or(members::refusal)
                        .or(() -> platform(members.leading().kind(), expectation))
                        .<FirstLook>map(Refused::new)
                        .orElseGet(() -> new Passed(good.value(), members));
            }
        };
    }

    private static Optional<Refusal> platform(String kind, Expectation expectation) {
        return expectation.platforms().contains(kind)
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                Check.PLATFORM,
                                kind,
                                "one that the reader accepts by name: " + expectation.platforms(),
                                "docs/evidence.md, platforms"));
    }
}
