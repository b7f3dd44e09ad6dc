package io.attestgate.client;

import io.attestgate.wire.Hash32;
import java.util.Optional;
import java.util.Set;

/**
 * What a reader holds an endpoint against. What is left empty reads NOT CHECKED in the verdict; if
 * contract, measurements and pins are all empty there is no trust anchor, and nothing is verified.
 *
 * @param platforms accepted by name; {@code simulated} must be named like any other
 * @param contract the policy that it must obey
 * @param measurements of code that may run there
 * @param pins SHA-256 of the SubjectPublicKeyInfo of keys that it may have
 * @param hardware how hardware is judged; without it all hardware is refused
 */
public record Expectations(
        Set<String> platforms,
        Optional<ContractAnchor> contract,
        Set<Hash32> measurements,
        Set<Hash32> pins,
        Optional<HardwareReader> hardware) {
    public Expectations {
        platforms = Set.copyOf(platforms);
        measurements = Set.copyOf(measurements);
        pins = Set.copyOf(pins);
    }

    /** Without hardware. */
    public Expectations(
            Set<String> platforms,
            Optional<ContractAnchor> contract,
            Set<Hash32> measurements,
            Set<Hash32> pins) {
        this(platforms, contract, measurements, pins, Optional.empty());
    }
}
