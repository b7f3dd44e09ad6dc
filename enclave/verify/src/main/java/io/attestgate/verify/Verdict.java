package io.attestgate.verify;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Hash32;

/** What a verifier says about evidence. */
public sealed interface Verdict {

    /**
     * Everything that the expectation asked for holds, until {@code claims.notAfter()}.
     *
     * @param claims of the role that was asked for
     * @param report what the platform says, and who must be honest for it to be true
     * @param measurement recomputed from report and claims
     */
    record Trusted(Claims claims, PlatformReport report, Hash32 measurement) implements Verdict {}

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
