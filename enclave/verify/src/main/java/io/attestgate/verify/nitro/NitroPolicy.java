package io.attestgate.verify.nitro;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PolicyPart;
import io.attestgate.verify.evidence.Revocation;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a reader accepts of Amazon's documents, by their form: who accepts enclaves does not thereby
 * accept instances, whose owner can look into them. Every field is trust, so none has a default.
 */
public sealed interface NitroPolicy extends PolicyPart {

    /** A hundred years: for who reads old documents as history. */
    Duration AGE_MAX = Duration.ofDays(36_525);

    /** What passes. */
    Accepted accepted();

    /** The part about enclaves: member {@code nitro}. */
    record Enclaves(Accepted accepted) implements NitroPolicy {}

    /** The part about instances with a NitroTPM: member {@code nitro-tpm}. */
    record Instances(Accepted accepted) implements NitroPolicy {}

    /**
     * What passes of one form.
     *
     * @param maxAge how long after it was made a document passes, to {@link #AGE_MAX}
     * @param revocation what a missing list means, of any authority in the chain
     * @param pcrs the values that pass, by register; a register that is not here may have any
     */
    record Accepted(Duration maxAge, Revocation revocation, Map<Integer, Set<Octets>> pcrs) {
        public Accepted {
            if (!maxAge.isPositive() || maxAge.compareTo(AGE_MAX) > 0) {
                throw new IllegalArgumentException(
                        "maxAge: %s (expected: positive, at most %s)".formatted(maxAge, AGE_MAX));
            }
            Map<Integer, Set<Octets>> copy = new HashMap<>();
            pcrs.forEach((index, values) -> copy.put(index, Set.copyOf(values)));
            pcrs = Map.copyOf(copy);
        }
    }
}
