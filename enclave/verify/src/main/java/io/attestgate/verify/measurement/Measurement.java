package io.attestgate.verify.measurement;

import io.attestgate.wire.AbiEncoder;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;

/**
 * The measurement of an enclave: what runs, and the bootstrap file that it obeys.
 *
 * <p>{@code keccak256(abi.encode("attestgate/measurement/v1", platform, registers, configDigest))}.
 * A contract can compute it, and a verifier recomputes it from evidence and claims.
 */
public final class Measurement {
    private static final String TYPE = "attestgate/measurement/v1";

    private Measurement() {}

    /**
     * @param platform the platform's name, such as {@code tdx} or {@code simulated}
     * @param registers the raw report bytes that docs/measurement.md lists for it, concatenated
     * @param configDigest SHA-256 of the bootstrap file's exact bytes
     */
    public static Hash32 of(String platform, byte[] registers, Hash32 configDigest) {
        return Hash32.of(
                Digests.keccak256(
                        new AbiEncoder()
                                .string(TYPE)
                                .string(platform)
                                .bytes(registers)
                                .bytes32(configDigest)
                                .encode()));
    }
}
