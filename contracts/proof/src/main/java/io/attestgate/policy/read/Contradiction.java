package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.wire.Fault;

/** State that the contract cannot have. */
final class Contradiction {
    private Contradiction() {}

    static PolicyReadException of(String name, String found, String expected) {
        return new PolicyReadException(
                Failure.CONTRADICTORY_STATE, Fault.quoted(name, found, expected).toString());
    }
}
