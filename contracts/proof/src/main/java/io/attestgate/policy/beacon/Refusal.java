package io.attestgate.policy.beacon;

import io.attestgate.wire.Fault;

/**
 * Why a message changed nothing.
 *
 * @param check that it did not pass
 * @param fault what stood there, and what would have passed
 */
public record Refusal(Check check, Fault fault) {

    static Refusal of(Check check, String path, Object found, String expected) {
        return new Refusal(check, new Fault(path, found.toString(), expected));
    }

    /** {@code SIGNATURE (FastAggregateVerify): name: value (expected: rule)}. */
    @Override
    public String toString() {
        return "%s (%s): %s".formatted(check, check.function(), fault);
    }
}
