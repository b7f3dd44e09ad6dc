package io.attestgate.policy.read;

import io.attestgate.wire.Address;
import java.util.Optional;

/**
 * The other contracts that the policy names, each from its own proven slot; empty where it names
 * none. Which code stands there is for whoever reads it to hold against the pinned.
 *
 * @param measurementRegistry which measurements are trusted
 * @param enclaveRegistry which enclaves are registered
 * @param heartbeat where nonces are seen
 * @param successor the contract that follows, for people to read
 */
public record Dependencies(
        Optional<Address> measurementRegistry,
        Optional<Address> enclaveRegistry,
        Optional<Address> heartbeat,
        Optional<Address> successor) {
    /** A policy that names no other contract. */
    public static final Dependencies NONE =
            new Dependencies(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
