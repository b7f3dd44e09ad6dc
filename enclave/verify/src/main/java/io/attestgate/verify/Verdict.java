package io.attestgate.verify;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What a verifier says about evidence. */
public sealed interface Verdict {

    /**
     * Everything that the expectation asked for holds, until {@link #expiry}.
     *
     * @param claims of the role that was asked for
     * @param report what the leading platform says, and who must be honest for it to be true
     * @param measurement recomputed from report and claims
     * @param legs each piece of evidence, the leading one first and standing; another that failed
     *     is named here, and is one that the reader's requirement can do without
     */
    record Trusted(Claims claims, PlatformReport report, Hash32 measurement, List<Leg> legs)
            implements Verdict {
        public Trusted {
            legs = List.copyOf(legs);
        }

        /** The first instant at which the claims, or a leg that stands, no longer hold. */
        public Instant expiry() {
            return held().stream()
                    .flatMap(leg -> leg.expiry().stream())
                    .filter(claims.notAfter()::isAfter)
                    .min(Comparator.naturalOrder())
                    .orElse(claims.notAfter());
        }

        /** The legs that stand. */
        public List<Leg.Held> held() {
            return legs.stream()
                    .filter(Leg.Held.class::isInstance)
                    .map(Leg.Held.class::cast)
                    .toList();
        }

        /** Those that do not, which the reader's requirement does without. */
        public List<Leg.Failed> fallen() {
            return legs.stream()
                    .filter(Leg.Failed.class::isInstance)
                    .map(Leg.Failed.class::cast)
                    .toList();
        }
    }

    /**
     * One check failed, the first in the order of {@link Check}.
     *
     * @param found what the evidence has
     * @param expected what it should have
     * @param clause where that is written
     */
    record Refused(Check check, String found, String expected, String clause) implements Verdict {
        static Refused of(Refusal refusal) {
            return new Refused(
                    refusal.check(), refusal.found(), refusal.expected(), refusal.clause());
        }

        /** {@code check: found (expected: rule)}. */
        @Override
        public String toString() {
            return "%s: %s (expected: %s; %s)".formatted(check, found, expected, clause);
        }
    }
}
