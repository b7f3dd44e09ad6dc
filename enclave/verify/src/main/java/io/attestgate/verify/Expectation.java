package io.attestgate.verify;

import io.attestgate.verify.claims.Binding;
import io.attestgate.verify.claims.Role;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.util.Optional;
import java.util.Set;

/**
 * What a reader wants to know about evidence. What is empty is not checked, and the reader must not
 * claim that it was; role and platforms are trust and have no default.
 *
 * @param role exactly this one is accepted
 * @param platforms accepted by name; {@code simulated} must be named like any other
 * @param binding what ties endpoint claims to the connection
 * @param nonce the one that was sent
 * @param host the one that was asked
 * @param tlsKey SHA-256 of the SubjectPublicKeyInfo that the reader saw
 * @param contract the one that the enclave must obey
 * @param measurements those that the reader lets run; an empty set lets none
 * @param config the bootstrap file's digest; {@code registration} needs it, since it carries none
 */
public record Expectation(
        Role role,
        Set<String> platforms,
        Binding binding,
        Optional<Hash32> nonce,
        Optional<Hostname> host,
        Optional<Hash32> tlsKey,
        Optional<Contract> contract,
        Optional<Set<Hash32>> measurements,
        Optional<Hash32> config) {
    /** The platform that anybody can play. */
    public static final String SIMULATED = "simulated";

    /** A contract on a chain. */
    public record Contract(long chainId, Address address) {
        @Override
        public String toString() {
            return "%s on chain %d".formatted(address, chainId);
        }
    }

    public Expectation {
        platforms = Set.copyOf(platforms);
        measurements = measurements.map(Set::copyOf);
    }

    /** Claims of that role from one of those platforms, and nothing else asked yet. */
    public static Expectation of(Role role, Set<String> platforms) {
        return new Expectation(
                role,
                platforms,
                new Binding.Spki(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public Expectation withBinding(Binding wanted) {
        return new Expectation(
                role, platforms, wanted, nonce, host, tlsKey, contract, measurements, config);
    }

    public Expectation withNonce(Hash32 sent) {
        return new Expectation(
                role,
                platforms,
                binding,
                Optional.of(sent),
                host,
                tlsKey,
                contract,
                measurements,
                config);
    }

    public Expectation withHost(Hostname asked) {
        return new Expectation(
                role,
                platforms,
                binding,
                nonce,
                Optional.of(asked),
                tlsKey,
                contract,
                measurements,
                config);
    }

    public Expectation withTlsKey(Hash32 seen) {
        return new Expectation(
                role,
                platforms,
                binding,
                nonce,
                host,
                Optional.of(seen),
                contract,
                measurements,
                config);
    }

    public Expectation withContract(long chainId, Address address) {
        return new Expectation(
                role,
                platforms,
                binding,
                nonce,
                host,
                tlsKey,
                Optional.of(new Contract(chainId, address)),
                measurements,
                config);
    }

    public Expectation withMeasurements(Set<Hash32> allowed) {
        return new Expectation(
                role,
                platforms,
                binding,
                nonce,
                host,
                tlsKey,
                contract,
                Optional.of(allowed),
                config);
    }

    public Expectation withConfig(Hash32 digest) {
        return new Expectation(
                role,
                platforms,
                binding,
                nonce,
                host,
                tlsKey,
                contract,
                measurements,
                Optional.of(digest));
    }
}
