package io.attestgate.verify.evidence;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;

/**
 * Why evidence is not believed.
 *
 * @param check which check failed
 * @param found what the evidence has
 * @param expected what it should have
 * @param clause where that is written
 */
public record Refusal(Check check, String found, String expected, String clause)
        implements Judgement, Appraisal {

    /** {@code check: found (expected: rule; clause)}. */
    @Override
    public String toString() {
        return "%s: %s (expected: %s; %s)".formatted(check, found, expected, clause);
    }

    /** The first fault of something that could not be read. */
    public static Refusal of(Check check, Parsed.Bad<?> bad, String clause) {
        Fault first = bad.faults().getFirst();
        return new Refusal(check, first.path() + ": " + first.found(), first.expected(), clause);
    }
}
